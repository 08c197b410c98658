// Everybody who was ever given a token, by name, then id.
//
//   :param {}
MATCH (p:Principal)
WITH p ORDER BY p.name, p.id
RETURN collect({id: p.id, name: p.name}) AS rows
