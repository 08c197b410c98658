// The entries of the audit in which these principals were shown somebody, in their order, a page of them.
//
//   $principals  LIST<STRING>  ids of principals
//   $after       STRING        behind the entry with this id
//   $limit       INTEGER       at most this many
//
//   :param {principals: ['owner'], after: '', limit: 100}
MATCH (a:Audit) WHERE a.principal IN $principals AND a.id > $after AND a.number IS NOT NULL
WITH a ORDER BY a.id LIMIT $limit
RETURN collect(a {.id, .number, .principal, .token, .at, .operation, fields: coalesce(a.fields, []), .purpose, people: coalesce(a.people, []),
  .previous, .hash}) AS rows
