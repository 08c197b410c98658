// What is said of these agents in claims of some types that begin at them, retracted ones too, by moment, then id.
//
//   $ids   LIST<STRING>   which agents
//   $types LIST<STRING>   types of claims
//   $vis   LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], types: ['WORKS_FOR'], vis: [0, 1]}
UNWIND $ids AS id
MATCH (a:Agent {id: id}) WHERE a.vis IN $vis
MATCH (a)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|GAVE_BENEFIT|SECRETARIAT_OF|TAKES_STANCE|IDENTIFIED_BY
  |TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD|REQUESTS|INTRODUCES|INTRODUCED_IN]->(b)
WHERE c.vis IN $vis AND b.vis IN $vis AND type(c) IN $types
MATCH (s:Source {id: c.source}) WHERE s.vis IN $vis
WITH a, c, b, s {.id, .title, .publisher, .url, .licence, .retrievedAt} AS source
ORDER BY c.recordedAt, c.id
RETURN collect({
  id: c.id, type: type(c), key: c.key, a: a.id, aName: a.name, b: b.id, bName: coalesce(b.name, b.scheme + ':' + b.value),
  source: source, locator: c.locator, confidence: c.confidence,
  vis: c.vis, recordedAt: c.recordedAt, retractedAt: c.retractedAt, enteredBy: c.enteredBy,
  retractedBy: c.retractedBy, reason: c.reason, verifiedAt: c.verifiedAt, verifiedBy: c.verifiedBy,
  start: c.start, end: c.end, earliest: c.earliest, latest: c.latest, observed: coalesce(c.observed, []),
  unseen: coalesce(c.unseen, []), role: c.role, level: c.level, status: c.status, kind: c.kind, on: c.on,
  swapped: c.swapped, amount: c.amount, amountMin: c.amountMin, amountMax: c.amountMax, currency: c.currency,
  shareMin: c.shareMin, shareMax: c.shareMax, capability: c.capability}) AS rows
