// What keeps erased people away, with all their properties, by id: keyed hashes, and the key.
//
//   :param {}
MATCH (s:Suppression)
WITH s ORDER BY s.id
RETURN collect({id: toString(s.id), properties: properties(s)}) AS rows
