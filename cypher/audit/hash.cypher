// The hash of an entry of the audit; none where there is no such entry.
//
//   $id  STRING  which entry
//
//   :param {id: 'aud-0000000000000001'}
MATCH (a:Audit {id: $id})
RETURN collect({hash: a.hash}) AS rows
