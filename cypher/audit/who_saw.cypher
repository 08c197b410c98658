// The entries of the audit in which any of these people were shown, in their order, a page of them.
//
//   $people  LIST<STRING>  ids of people
//   $after   STRING        behind the entry with this id
//   $limit   INTEGER       at most this many
//
//   :param {people: ['per-1'], after: '', limit: 100}
MATCH (a:Audit) WHERE a.id > $after AND a.number IS NOT NULL AND any(one IN a.people WHERE one IN $people)
WITH a ORDER BY a.id LIMIT $limit
RETURN collect(a {.id, .number, .principal, .token, .at, .operation, fields: coalesce(a.fields, []), .purpose, people: coalesce(a.people, []),
  .previous, .hash}) AS rows
