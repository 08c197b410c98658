// How far the audit has come: the number and hash of its last entry; whoever asks keeps the lock until they commit.
//
//   $token  STRING  anything unlike the last writer's; writing it takes the lock before the number is read
//
//   :param {token: 'a3f'}
MERGE (h:Audit {id: 'aud-head'})
SET h._lock = $token
WITH h
RETURN [{number: coalesce(h.last, 0), hash: coalesce(h.hash, '')}] AS rows
