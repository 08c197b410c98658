// How often each of these people was asked to introduce somebody in some months, in no order.
//
//   $ids    LIST<STRING>   which people
//   $asked  STRING         what a step that asks leads to
//   $months LIST<STRING>   the months that count, 2026-10
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], asked: 'WITH_INTRODUCER', months: ['2026-10', '2026-11', '2026-12'], vis: [0, 1, 2]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH known ORDER BY known.id
WITH collect(known.id) AS sources
UNWIND $ids AS id
MATCH (p:Person {id: id}) WHERE p.vis IN $vis
MATCH (p)-[y:INTRODUCES]->(n:Introduction) WHERE y.vis IN $vis AND n.vis IN $vis AND y.retractedAt IS NULL AND y.source IN sources
WITH p, sum(size([i IN range(0, size(coalesce(n.stepStatuses, [])) - 1)
  WHERE n.stepStatuses[i] = $asked AND left(n.stepMoments[i], 7) IN $months])) AS asks
RETURN collect({person: p.id, asks: asks}) AS rows
