// The introductions that were deleted with everything said of them, by id.
//
//   $ids  LIST<STRING>  which ones
//
//   :param {ids: ['one']}
UNWIND $ids AS id
MATCH (n:Introduction {id: id})
DETACH DELETE n
WITH id ORDER BY id
RETURN collect({id: id}) AS rows
