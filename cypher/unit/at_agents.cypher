// All claims of units that end at some people and organizations, taken back or not, by id.
//
//   $ids  LIST<STRING>   which ones
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['org-1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (b:Agent {id: id}) WHERE b.vis IN $vis
MATCH (a)-[c:WORKS_FOR|DIRECTOR_OF|MEMBER_OF|SECRETARIAT_OF|GAVE_BENEFIT|POST_IN]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND c.unit IS NOT NULL
WITH a, c, b ORDER BY c.id
RETURN collect({
  type: type(c), key: c.key, id: c.id, a: a.id, b: b.id, ends: c.ends, source: c.source, vis: c.vis, confidence: c.confidence,
  recordedAt: c.recordedAt, retractedAt: c.retractedAt, locator: c.locator, start: c.start, end: c.end,
  observed: c.observed, unseen: c.unseen, unit: c.unit, role: c.role, level: c.level, status: c.status, kind: c.kind,
  on: c.on, swapped: c.swapped, amount: c.amount, amountMin: c.amountMin, amountMax: c.amountMax,
  shareMin: c.shareMin, shareMax: c.shareMax, names: c.names, kinds: c.kinds, country: c.country, enteredBy: c.enteredBy,
  relabelledBy: c.relabelledBy
}) AS rows
