// The identifiers that were deleted because nobody is known by them any more, by id.
//
//   $ids  LIST<STRING>  which may go
//
//   :param {ids: ['idn-1']}
UNWIND $ids AS id
MATCH (n:Identifier {id: id}) WHERE NOT EXISTS { (n)--() }
DELETE n
WITH id ORDER BY id
RETURN collect({id: id}) AS rows
