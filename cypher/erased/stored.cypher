// The notes of what is gone with all their properties, by id.
//
//   :param {}
MATCH (e:Erased)
WITH e ORDER BY e.id
RETURN collect({id: toString(e.id), properties: properties(e)}) AS rows
