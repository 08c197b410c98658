// The capabilities, by name, then id.
//
//   $lowKey  STRING         name of the one the page follows; '' begins at the first
//   $lowId   STRING         its id
//   $highKey STRING | NULL  name of the one the page precedes
//   $highId  STRING | NULL  its id
//   $limit   INTEGER        at most this many
//   $vis     LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {lowKey: '', lowId: '', highKey: null, highId: null, limit: 21, vis: [0, 1]}
// CASE keeps the planner from looking for ids where names lead.
MATCH (n:Capability) WHERE n.vis IN $vis AND n.name >= $lowKey
  AND CASE WHEN n.name = $lowKey THEN n.id > $lowId ELSE true END
WITH n WHERE CASE WHEN $highKey IS NULL THEN true WHEN n.name = $highKey THEN n.id < $highId ELSE n.name < $highKey END
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN collect(n {.id, .name, altLabels: coalesce(n.altLabels, [])}) AS rows
