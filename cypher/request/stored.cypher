// The requests with all their properties, a page of them by id.
//
//   $after  STRING   behind this id
//   $limit  INTEGER  at most this many
//
//   :param {after: '', limit: 100}
MATCH (r:Request) WHERE r.id > $after
WITH r ORDER BY r.id LIMIT $limit
RETURN collect({id: r.id, properties: properties(r)}) AS rows
