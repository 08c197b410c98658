// The principals with all their properties, by id.
//
//   :param {}
MATCH (p:Principal)
WITH p ORDER BY p.id
RETURN collect({id: toString(p.id), properties: properties(p)}) AS rows
