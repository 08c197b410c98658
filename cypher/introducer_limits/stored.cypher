// The limits of introducers with all their properties, a page of them by id.
//
//   $after  STRING         behind this id
//   $limit  INTEGER        at most this many
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {after: '', limit: 100, vis: [0, 1, 2, 3]}
MATCH (n:IntroducerLimits) WHERE n.vis IN $vis AND n.id > $after
WITH n ORDER BY n.id LIMIT $limit
RETURN collect({id: n.id, properties: properties(n)}) AS rows
