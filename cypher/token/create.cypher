// The token that was created.
//
//   $id           STRING               of the token
//   $name         STRING               what it is called
//   $hash         STRING               SHA-256 of the secret, hexadecimal
//   $kind         STRING               personal, integrator
//   $owner        STRING               id of the principal whose rights bound it
//   $roles        LIST<STRING> | NULL  those of its owner's it acts in; all of them where it names none
//   $scopes       LIST<STRING> | NULL  the acts it is for; all of its owner's where it names none
//   $fields       LIST<STRING> | NULL  the root fields it may ask for; all where it names none
//   $clearance    STRING | NULL        the highest level it sees
//   $at           STRING               now, ISO moment in UTC
//   $expiresAt    STRING | NULL        from when it no longer counts
//
//   :param {id: 'tok-1', name: 'crm', hash: '9f86d0', kind: 'personal', owner: 'pri-1', roles: ['staff'], scopes: ['read'], fields: null, clearance: null, at: '2026-11-23T12:00:00.000000Z', expiresAt: null}
CREATE (t:Token {id: $id, name: $name, hash: $hash, kind: $kind, owner: $owner, createdAt: $at})
WITH t
SET t.roles = $roles, t.scopes = $scopes, t.fields = $fields, t.clearance = $clearance, t.expiresAt = $expiresAt
WITH t
RETURN [t {.id, .name, .hash, .kind, .owner, .roles, .scopes, .fields, .clearance, .registeredOnly,
  .createdAt, .expiresAt, .revokedAt, .lastUsedAt}] AS rows
