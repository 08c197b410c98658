// The pieces of evidence with these ids that begin at an agent, taken back or not, by id.
//
//   $agent  STRING         where they begin
//   $ids    LIST<STRING>   which evidence
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {agent: 'per-1', ids: ['kno-1'], vis: [0, 1, 2, 3]}
MATCH (a:Agent {id: $agent}) WHERE a.vis IN $vis
MATCH (a)-[k:KNOWS]->(b:Agent)
WHERE b.vis IN $vis AND k.vis IN $vis AND k.id IN $ids
WITH a, k, b ORDER BY k.id
RETURN collect({
  id: k.id, key: k.key, a: a.id, b: b.id, unit: k.unit, kind: k.kind, vis: k.vis, source: k.source, locator: k.locator,
  enteredBy: k.enteredBy, relabelledBy: k.relabelledBy, retractedAt: k.retractedAt
}) AS rows
