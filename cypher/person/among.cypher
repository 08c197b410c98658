// Of the people with these ids those that a filter keeps, by name, then id; and how many they are.
//
//   $ids        LIST<STRING>     which people, each once
//   $filter     LIST<LIST<MAP>>  alternatives, each a list of conditions {field, op, value, holds} that all count
//   $lowKey     STRING | NULL    name of the one the page follows
//   $lowId      STRING | NULL    its id
//   $highKey    STRING | NULL    name of the one the page precedes
//   $highId     STRING | NULL    its id
//   $descending BOOLEAN          the last first
//   $limit      INTEGER          at most this many
//   $vis        LIST<INTEGER>    visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], filter: [[{field: 'name', op: 'startsWith', value: 'an', holds: true}]], lowKey: null, lowId: null, highKey: null, highId: null, descending: false, limit: 21, vis: [0, 1]}
// Line i of `search` is name i, unless equal lines were once written as one: then the first alone is compared.
UNWIND $ids AS id
MATCH (n:Person {id: id}) WHERE n.vis IN $vis
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
WITH collect(n) AS whole
WITH size(whole) AS total, COLLECT {
  UNWIND whole AS n
  WITH n WHERE ($lowKey IS NULL OR n.name > $lowKey OR (n.name = $lowKey AND n.id > $lowId))
    AND ($highKey IS NULL OR n.name < $highKey OR (n.name = $highKey AND n.id < $highId))
  WITH n ORDER BY CASE WHEN $descending THEN '' ELSE n.name END, CASE WHEN $descending THEN '' ELSE n.id END,
    n.name DESC, n.id DESC LIMIT $limit
  RETURN n {.id, .name, .country, label: 'Person', kinds: coalesce(n.kinds, []),
  otherNames: [i IN range(0, size(coalesce(n.otherNames, [])) - 1)
    WHERE n.otherNamesVis[i] IN $vis | n.otherNames[i]]}
} AS rows
RETURN [{total: total, rows: rows}] AS rows
