// The registered documents with all their properties, by id.
//
//   :param {}
MATCH (d:Document)
WITH d ORDER BY d.id
RETURN collect({id: toString(d.id), properties: properties(d)}) AS rows
