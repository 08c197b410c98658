// The visibility classes with all their properties, by id.
//
//   :param {}
MATCH (v:VisibilityClass)
WITH v ORDER BY v.id
RETURN collect({id: toString(v.id), properties: properties(v)}) AS rows
