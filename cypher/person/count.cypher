// How many people there are that a filter keeps, counted in no order.
//
//   $filter LIST<LIST<MAP>>  alternatives, each a list of conditions {field, op, value, holds} that all count
//   $vis    LIST<INTEGER>    visibility classes the viewer may see
//
//   :param {filter: [[{field: 'name', op: 'startsWith', value: 'an', holds: true}]], vis: [0, 1]}
// Line i of `search` is name i, unless equal lines were once written as one: then the first alone is compared.
MATCH (n:Person) WHERE n.vis IN $vis
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
WITH count(n) AS total
RETURN [{total: total}] AS rows
