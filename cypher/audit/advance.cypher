// How many audits were noted to have come to an entry: the one that is locked.
//
//   $number  INTEGER  of the last entry
//   $hash    STRING   its hash
//
//   :param {number: 12, hash: '9f86d0'}
MATCH (h:Audit {id: 'aud-head'})
SET h.last = $number, h.hash = $hash
WITH count(h) AS saved
RETURN [{saved: saved}] AS rows
