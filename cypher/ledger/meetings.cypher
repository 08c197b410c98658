// Who was in the meetings held up to a day, a row for every claim that says so, in no order.
//
//   $held   STRING         the status that counts: HELD
//   $known  STRING         what we knew when, ISO moment in UTC
//   $day    STRING         the last day, 2026-11-23
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {held: 'HELD', known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', vis: [0, 1]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH collect(known.id) AS sources
MATCH (p:Person)-[r:TOOK_PART_IN]->(n:Meeting) WHERE p.vis IN $vis AND r.vis IN $vis AND n.vis IN $vis
  AND n.source IN sources AND r.source IN sources
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
  AND coalesce(r.status, n.status) = $held AND coalesce(r.on, r.start, n.on) <= $day
RETURN collect({meeting: n.id, person: p.id, on: coalesce(r.on, r.start, n.on)}) AS rows
