// The events before one of them, by name, then id, the last first.
//
//   $highKey STRING         name of the one the page precedes
//   $highId  STRING         its id
//   $lowKey  STRING | NULL  name of the one the page follows
//   $lowId   STRING | NULL  its id
//   $limit   INTEGER        at most this many
//   $vis     LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {highKey: 'Forge', highId: 'evt-7k2', lowKey: null, lowId: null, limit: 21, vis: [0, 1]}
// CASE keeps the planner from looking for ids where names lead.
MATCH (n:Event) WHERE n.vis IN $vis AND n.name <= $highKey
  AND CASE WHEN n.name = $highKey THEN n.id < $highId ELSE true END
WITH n WHERE CASE WHEN $lowKey IS NULL THEN true WHEN n.name = $lowKey THEN n.id > $lowId ELSE n.name > $lowKey END
WITH n ORDER BY n.name DESC, n.id DESC LIMIT $limit
RETURN collect(n {.id, .name, .start, .end}) AS rows
