// The standing claims of some sources that begin at an agent, those about what identifies it left out, by id.
//
//   $sources  LIST<STRING>   whose claims
//   $from     STRING         the first end's id, from this one
//   $to       STRING         to this one
//   $vis      LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {sources: ['src-1'], from: 'a', to: 'z', vis: [0, 1, 2, 3]}
MATCH (a:Agent)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|GAVE_BENEFIT|SECRETARIAT_OF|TAKES_STANCE
  |TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD|REQUESTS|INTRODUCES|INTRODUCED_IN]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
  AND c.source IN $sources AND c.retractedAt IS NULL AND a.id >= $from AND a.id <= $to
WITH a, c, b ORDER BY c.id
RETURN collect({
  type: type(c), key: c.key, id: c.id, a: a.id, b: b.id, ends: c.ends, source: c.source, vis: c.vis, confidence: c.confidence,
  recordedAt: c.recordedAt, retractedAt: c.retractedAt, locator: c.locator, start: c.start, end: c.end,
  observed: c.observed, unseen: c.unseen, unit: c.unit, role: c.role, level: c.level, status: c.status, kind: c.kind,
  on: c.on, swapped: c.swapped, amount: c.amount, amountMin: c.amountMin, amountMax: c.amountMax,
  shareMin: c.shareMin, shareMax: c.shareMax, names: c.names, kinds: c.kinds, country: c.country, enteredBy: c.enteredBy,
  relabelledBy: c.relabelledBy
}) AS rows
