// The issues before one of them, by name, then id, the last first.
//
//   $highKey STRING         name of the one the page precedes
//   $highId  STRING         its id
//   $lowKey  STRING | NULL  name of the one the page follows
//   $lowId   STRING | NULL  its id
//   $limit   INTEGER        at most this many
//   $vis     LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {highKey: 'Forge', highId: 'iss-7k2', lowKey: null, lowId: null, limit: 21, vis: [0, 1]}
MATCH (n:Issue) WHERE n.vis IN $vis AND n.name <= $highKey AND (n.name < $highKey OR n.id < $highId)
WITH n WHERE ($lowKey IS NULL OR n.name > $lowKey OR (n.name = $lowKey AND n.id > $lowId))
WITH n ORDER BY n.name DESC, n.id DESC LIMIT $limit
RETURN collect(n {.id, .name}) AS rows
