// The card exchanges a person had a part in up to a day, a row for every two claims that tell of one, in no order.
//
//   $person STRING         whose
//   $known  STRING         what we knew when, ISO moment in UTC
//   $day    STRING         the last day, 2026-11-23
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {person: 'per-7k2', known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', vis: [0, 1]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH collect(known.id) AS sources
MATCH (p:Person {id: $person}) WHERE p.vis IN $vis
MATCH (p)-[w:GAVE_CARD|RECEIVED_CARD]->(n:CardExchange) WHERE w.vis IN $vis AND n.vis IN $vis
  AND n.source IN sources AND w.source IN sources
  AND w.recordedAt <= $known AND (w.retractedAt IS NULL OR w.retractedAt > $known)
WITH DISTINCT n, sources
MATCH (g:Person)-[x:GAVE_CARD]->(n) WHERE g.vis IN $vis AND x.vis IN $vis AND x.source IN sources
  AND x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known)
  AND coalesce(x.on, x.start, n.on) <= $day
MATCH (t:Person)-[y:RECEIVED_CARD]->(n) WHERE t.vis IN $vis AND y.vis IN $vis AND y.source IN sources
  AND y.recordedAt <= $known AND (y.retractedAt IS NULL OR y.retractedAt > $known)
OPTIONAL MATCH (n)-[z:EXCHANGED_AT]->(e:Event) WHERE z.vis IN $vis AND e.vis IN $vis AND z.source IN sources
  AND z.recordedAt <= $known AND (z.retractedAt IS NULL OR z.retractedAt > $known)
RETURN collect({exchange: n.id, on: coalesce(x.on, x.start, n.on), swapped: coalesce(x.swapped, n.swapped, false),
  giver: g.id, receiver: t.id, event: e.id, gave: x.id, received: y.id, place: z.id}) AS rows
