// The issues, by name, then id.
//
//   $lowKey  STRING         name of the one the page follows; '' begins at the first
//   $lowId   STRING         its id
//   $highKey STRING | NULL  name of the one the page precedes
//   $highId  STRING | NULL  its id
//   $limit   INTEGER        at most this many
//   $vis     LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {lowKey: '', lowId: '', highKey: null, highId: null, limit: 21, vis: [0, 1]}
MATCH (n:Issue) WHERE n.vis IN $vis AND n.name >= $lowKey AND (n.name > $lowKey OR n.id > $lowId)
WITH n WHERE ($highKey IS NULL OR n.name < $highKey OR (n.name = $highKey AND n.id < $highId))
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN collect(n {.id, .name}) AS rows
