// The revision that a request made; none where it was never made.
//
//   $id  STRING  which request
//
//   :param {id: 'req-1'}
MATCH (r:Request {id: $id})
RETURN collect(r {.revision}) AS rows
