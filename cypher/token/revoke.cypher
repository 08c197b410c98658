// The tokens of a name or with an id that stood and are revoked now, by id.
//
//   $token STRING  name or id
//   $at    STRING  now, ISO moment in UTC
//
//   :param {token: 'crm', at: '2026-11-23T12:00:00.000000Z'}
MATCH (t:Token) WHERE (t.name = $token OR t.id = $token) AND t.revokedAt IS NULL
SET t.revokedAt = $at
WITH t ORDER BY t.id
RETURN collect(t {.id, .name, .hash, .kind, .owner, .roles, .scopes, .fields, .clearance, .registeredOnly,
  .createdAt, .expiresAt, .revokedAt, .lastUsedAt}) AS rows
