// The token with this hash, its owner as they are now, the store's revision and its classes, read at one moment.
//
//   $hash STRING  SHA-256 of the secret, hexadecimal
//
//   :param {hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}
OPTIONAL MATCH (r:Revision {id: 'revision'})
WITH coalesce(r.number, 0) AS revision, COLLECT {
  MATCH (v:VisibilityClass)
  WITH v ORDER BY v.id
  RETURN v {.id, .level, .compartments}
} AS classes
OPTIONAL MATCH (t:Token {hash: $hash})
OPTIONAL MATCH (p:Principal {id: t.owner})
WITH revision, classes,
  CASE WHEN t IS NULL THEN null ELSE t {.id, .name, .hash, .kind, .owner, .roles, .scopes, .fields, .clearance,
    .registeredOnly, .createdAt, .expiresAt, .revokedAt, .lastUsedAt} END AS token,
  CASE WHEN p IS NULL THEN null ELSE p {.id, .name, .roles, .compartments, .createdAt, .revokedAt} END AS owner
RETURN [{revision: revision, token: token, owner: owner, classes: classes}] AS rows
