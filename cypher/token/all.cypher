// Every token without its secret, by name, then id.
//
//   :param {}
MATCH (t:Token)
OPTIONAL MATCH (p:Principal {id: t.principal})
WITH t, p ORDER BY t.name, t.id
RETURN collect(t {.id, .name, .hash, .role, .scopes, .createdAt, .expiresAt, .revokedAt, .lastUsedAt, .owner, .principal,
  compartments: coalesce(p.compartments, [])}) AS rows
