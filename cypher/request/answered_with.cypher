// The requests that were answered with any of these, by moment, then id.
//
//   $ids  LIST<STRING>  ids of what was recorded
//
//   :param {ids: ['per-1']}
MATCH (r:Request) WHERE any(one IN r.answer WHERE one IN $ids)
WITH r ORDER BY r.recordedAt, r.id
RETURN collect(r {.id, .operation, .principal, .recordedAt}) AS rows
