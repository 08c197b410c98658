// The loads with all their properties, by id.
//
//   :param {}
MATCH (b:ImportBatch)
WITH b ORDER BY b.id
RETURN collect({id: toString(b.id), properties: properties(b)}) AS rows
