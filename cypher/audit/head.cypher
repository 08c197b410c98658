// How far the audit has come: the number and hash of its last entry; none before the first.
//
//   :param {}
MATCH (h:Audit {id: 'aud-head'})
RETURN collect({number: coalesce(h.last, 0), hash: coalesce(h.hash, '')}) AS rows
