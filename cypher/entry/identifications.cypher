// All claims about what identifies some agents, retracted ones too, by id.
//
//   $ids  LIST<STRING>   which agents
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (a:Agent {id: id}) WHERE a.vis IN $vis
MATCH (a)-[c:IDENTIFIED_BY]->(b:Identifier)
WHERE c.vis IN $vis AND b.vis IN $vis
WITH a, c, b ORDER BY c.id
RETURN collect({
  type: type(c), key: c.key, id: c.id, a: a.id, b: b.id, ends: c.ends, source: c.source, vis: c.vis, confidence: c.confidence,
  recordedAt: c.recordedAt, retractedAt: c.retractedAt, locator: c.locator, start: c.start, end: c.end,
  observed: c.observed, unseen: c.unseen, unit: c.unit, role: c.role, level: c.level, status: c.status, kind: c.kind,
  on: c.on, swapped: c.swapped, amount: c.amount, amountMin: c.amountMin, amountMax: c.amountMax,
  shareMin: c.shareMin, shareMax: c.shareMax, names: c.names, kinds: c.kinds, country: c.country, enteredBy: c.enteredBy,
  relabelledBy: c.relabelledBy
}) AS rows
