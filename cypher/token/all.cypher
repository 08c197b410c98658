// Every token without its secret, by name, then id.
//
//   :param {}
MATCH (t:Token)
WITH t ORDER BY t.name, t.id
RETURN collect(t {.id, .name, .hash, .kind, .owner, .roles, .scopes, .fields, .clearance, .registeredOnly,
  .createdAt, .expiresAt, .revokedAt, .lastUsedAt}) AS rows
