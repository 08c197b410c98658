// The token whose last use was noted.
//
//   $id STRING  of the token
//   $at STRING  now, ISO moment in UTC
//
//   :param {id: 'tok-1', at: '2026-11-23T12:00:00.000000Z'}
MATCH (t:Token {id: $id})
SET t.lastUsedAt = $at
WITH t
RETURN collect({id: t.id, at: t.lastUsedAt}) AS rows
