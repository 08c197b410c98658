// The tokens, as hashes, with all their properties, by id.
//
//   :param {}
MATCH (t:Token)
WITH t ORDER BY t.id
RETURN collect({id: toString(t.id), properties: properties(t)}) AS rows
