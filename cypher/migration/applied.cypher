// The migrations this store has been through, in order.
//
//   :param {}
MATCH (m:Migration)
WITH m ORDER BY m.id
RETURN collect(m {.id, .hash}) AS rows
