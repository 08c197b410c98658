// The agents that were deleted because nothing speaks of them any more, by id.
//
//   $ids  LIST<STRING>  which may go
//
//   :param {ids: ['per-1']}
UNWIND $ids AS id
MATCH (n:Agent {id: id}) WHERE NOT EXISTS { (n)--() }
DELETE n
WITH id ORDER BY id
RETURN collect({id: id}) AS rows
