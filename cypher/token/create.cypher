// The token that was created, and the principal it belongs to with what it is granted.
//
//   $id           STRING         of the token
//   $principal    STRING         id of the principal
//   $name         STRING         the principal's name
//   $hash         STRING         SHA-256 of the secret, hexadecimal
//   $role         STRING         what it may do
//   $scopes       LIST<STRING>   read, write
//   $at           STRING         now, ISO moment in UTC
//   $expiresAt    STRING | NULL  from when it no longer counts
//   $owner        STRING | NULL  id of the token whose rights bound it
//   $compartments LIST<STRING>   granted to the principal beside what it has
//
//   :param {id: 'tok-1', principal: 'pri-1', name: 'crm', hash: '9f86d0', role: 'staff', scopes: ['read'], at: '2026-11-23T12:00:00.000000Z', expiresAt: null, owner: null, compartments: []}
MERGE (p:Principal {id: $principal})
ON CREATE SET p.name = $name, p.compartments = []
WITH p
SET p.compartments = p.compartments + [one IN $compartments WHERE NOT one IN p.compartments]
WITH p
CREATE (t:Token {id: $id, principal: $principal, name: $name, hash: $hash, role: $role, scopes: $scopes, createdAt: $at})
WITH p, t
SET t.expiresAt = $expiresAt, t.owner = $owner
WITH p, t
RETURN [t {.id, .name, .hash, .role, .scopes, .createdAt, .expiresAt, .revokedAt, .lastUsedAt, .owner, .principal,
  compartments: p.compartments}] AS rows
