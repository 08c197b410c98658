// Every registered document, by the id it is sent by, then its own.
//
//   :param {}
MATCH (d:Document)
WITH d ORDER BY d.document, d.id
RETURN collect(d {.id, .document, .token, .name, .text, .addedAt}) AS rows
