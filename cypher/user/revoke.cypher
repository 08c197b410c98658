// The user who was taken back with every token they owned.
//
//   $id STRING  of the user
//   $at STRING  now, ISO moment in UTC
//
//   :param {id: 'pri-1', at: '2026-11-23T12:00:00.000000Z'}
MATCH (p:Principal {id: $id})
SET p.roles = [], p.compartments = [], p.revokedAt = $at
WITH p
OPTIONAL MATCH (t:Token {owner: p.id}) WHERE t.revokedAt IS NULL
SET t.revokedAt = $at
WITH DISTINCT p
RETURN [p {.id, .name, .roles, .compartments, .createdAt, .revokedAt}] AS rows
