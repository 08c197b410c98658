// A capability and all narrower ones, by id.
//
//   $id    STRING         which capability
//   $known STRING         what we knew when, ISO moment in UTC
//   $vis   LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'cap-7k2', known: '2026-11-23T12:00:00.000000Z', vis: [0, 1]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH known ORDER BY known.id
WITH collect(known.id) AS sources
MATCH (top:Capability {id: $id}) WHERE top.vis IN $vis
MATCH path = (below:Capability)-[steps:BROADER*0..8]->(top)
WHERE all(x IN nodes(path) WHERE x.vis IN $vis) AND all(x IN relationships(path) WHERE x.vis IN $vis)
  AND all(x IN relationships(path) WHERE x.source IN sources)
  AND all(x IN relationships(path) WHERE x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known))
  AND below.vis IN $vis
WITH DISTINCT below ORDER BY below.id
RETURN collect({id: below.id}) AS rows
