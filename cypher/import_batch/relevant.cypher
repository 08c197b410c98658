// The batch of that id and every batch in that state, by id.
//
//   $id      STRING  which batch
//   $status  STRING  OPEN or CLOSED
//
//   :param {id: 'btc-1', status: 'OPEN'}
MATCH (b:ImportBatch) WHERE b.id = $id OR b.status = $status
WITH b ORDER BY b.id
RETURN collect(b {.id, .status, .sources}) AS rows
