// The loads that began and did not end, by the moment they began.
//
//   $status  STRING  what the status of such a load is: OPEN
//
//   :param {status: 'OPEN'}
MATCH (b:ImportBatch {status: $status})
WITH b ORDER BY b.recordedAt, b.id
RETURN collect(b {.id, .status, .sources, .recordedAt}) AS rows
