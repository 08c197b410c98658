// The people that a filter keeps, by name, then id.
//
//   $filter  LIST<LIST<MAP>>  alternatives, each a list of conditions {field, op, value, holds} that all count
//   $lowKey  STRING           name of the one the page follows; '' begins at the first
//   $lowId   STRING           its id
//   $highKey STRING | NULL    name of the one the page precedes
//   $highId  STRING | NULL    its id
//   $limit   INTEGER          at most this many
//   $vis     LIST<INTEGER>    visibility classes the viewer may see
//
//   :param {filter: [[{field: 'name', op: 'startsWith', value: 'an', holds: true}]], lowKey: '', lowId: '', highKey: null, highId: null, limit: 21, vis: [0, 1]}
// CASE keeps the planner from looking for ids where names lead.
// Line i of `search` is name i, unless equal lines were once written as one: then the first alone is compared.
MATCH (n:Person) WHERE n.vis IN $vis AND n.name >= $lowKey
  AND CASE WHEN n.name = $lowKey THEN n.id > $lowId ELSE true END
WITH n WHERE CASE WHEN $highKey IS NULL THEN true WHEN n.name = $highKey THEN n.id < $highId ELSE n.name < $highKey END
  AND any(alternative IN $filter WHERE all(x IN alternative WHERE x.holds = CASE x.field
    WHEN 'id' THEN x.value[n.id] IS NOT NULL
    WHEN 'name' THEN any(i IN range(0, CASE WHEN size(split(n.search, '\n')) = 1 + size(coalesce(n.otherNames, []))
        THEN size(coalesce(n.otherNames, [])) ELSE 0 END)
      WHERE (i = 0 OR n.otherNamesVis[i - 1] IN $vis) AND CASE x.op
        WHEN 'eq' THEN split(n.search, '\n')[i] = x.value
        WHEN 'startsWith' THEN split(n.search, '\n')[i] STARTS WITH x.value
        WHEN 'contains' THEN split(n.search, '\n')[i] CONTAINS x.value
        ELSE split(n.search, '\n')[i] IN x.value END)
    ELSE false END))
WITH n ORDER BY n.name, n.id LIMIT $limit
WITH n, 'Person' AS label, coalesce(n.kinds, []) AS kinds, CASE WHEN n.otherNames IS NULL THEN []
  ELSE [i IN range(0, size(n.otherNames) - 1) WHERE n.otherNamesVis[i] IN $vis | n.otherNames[i]] END AS otherNames
RETURN collect([n.id, n.name, label, otherNames, kinds, n.country]) AS rows
