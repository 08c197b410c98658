// The claims with these ids that begin at an agent, taken back or not, by id.
//
//   $agent  STRING         where they begin
//   $ids    LIST<STRING>   which claims
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {agent: 'per-1', ids: ['clm-1'], vis: [0, 1, 2, 3]}
MATCH (a:Agent {id: $agent}) WHERE a.vis IN $vis
MATCH (a)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|GAVE_BENEFIT|SECRETARIAT_OF|TAKES_STANCE]->(b)
WHERE b.vis IN $vis AND c.vis IN $vis AND c.id IN $ids
WITH a, c, b ORDER BY c.id
RETURN collect({
  type: type(c), key: c.key, id: c.id, a: a.id, b: b.id, ends: c.ends, source: c.source, vis: c.vis, confidence: c.confidence,
  recordedAt: c.recordedAt, retractedAt: c.retractedAt, locator: c.locator, start: c.start, end: c.end,
  observed: c.observed, unseen: c.unseen, unit: c.unit, role: c.role, level: c.level, status: c.status, kind: c.kind,
  on: c.on, swapped: c.swapped, amount: c.amount, amountMin: c.amountMin, amountMax: c.amountMax,
  shareMin: c.shareMin, shareMax: c.shareMax, names: c.names, kinds: c.kinds, country: c.country, enteredBy: c.enteredBy,
  relabelledBy: c.relabelledBy
}) AS rows
