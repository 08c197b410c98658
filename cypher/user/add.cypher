// The user that was added, or one that had been taken back and begins anew.
//
//   $id           STRING        of the user
//   $name         STRING        what they are called
//   $roles        LIST<STRING>  what they may do
//   $compartments LIST<STRING>  what they may see beside that
//   $at           STRING        now, ISO moment in UTC
//
//   :param {id: 'pri-1', name: 'Ida', roles: ['staff'], compartments: [], at: '2026-11-23T12:00:00.000000Z'}
MERGE (p:Principal {id: $id})
SET p.name = $name, p.roles = $roles, p.compartments = $compartments, p.createdAt = $at, p.revokedAt = null
WITH p
RETURN [p {.id, .name, .roles, .compartments, .createdAt, .revokedAt}] AS rows
