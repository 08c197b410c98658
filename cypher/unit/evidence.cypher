// The evidence of a unit that begins at some agents, taken back or not, by id.
//
//   $ids   LIST<STRING>   which agents
//   $unit  STRING         which unit
//   $vis   LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-1'], unit: 'meeting:1', vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (a:Agent {id: id}) WHERE a.vis IN $vis
MATCH (a)-[k:KNOWS]->(b:Agent)
WHERE k.vis IN $vis AND b.vis IN $vis AND k.unit = $unit
WITH a, k, b ORDER BY k.id
RETURN collect({
  id: k.id, key: k.key, a: a.id, b: b.id, unit: k.unit, kind: k.kind, vis: k.vis, source: k.source, locator: k.locator,
  enteredBy: k.enteredBy, relabelledBy: k.relabelledBy, retractedAt: k.retractedAt
}) AS rows
