// Every user, those who were taken back too, by name, then id.
//
//   :param {}
MATCH (p:Principal)
WITH p ORDER BY p.name, p.id
RETURN collect(p {.id, .name, .roles, .compartments, .createdAt, .revokedAt}) AS rows
