// The request with this id, with what it was answered; none where it was never made.
//
//   $id  STRING  which request
//
//   :param {id: 'req-1'}
MATCH (r:Request {id: $id})
RETURN collect(r {.id, .operation, .bodyHash, .answer}) AS rows
