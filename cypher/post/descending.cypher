// The posts, by name, then id, the last first.
//
//   $lowKey STRING         name of the one the page follows; '' ends at the first
//   $lowId  STRING         its id
//   $limit  INTEGER        at most this many
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {lowKey: '', lowId: '', limit: 21, vis: [0, 1]}
// CASE keeps the planner from looking for ids where names lead.
MATCH (n:Post) WHERE n.vis IN $vis AND n.name >= $lowKey
  AND CASE WHEN n.name = $lowKey THEN n.id > $lowId ELSE true END
WITH n ORDER BY n.name DESC, n.id DESC LIMIT $limit
RETURN collect(n {.id, .name}) AS rows
