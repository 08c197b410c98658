// The introductions whose three people may be seen, the newest first, then by id.
//
//   $statuses LIST<STRING> | NULL  only those that have come this far
//   $person   STRING | NULL        only those this person has a part in
//   $afterKey STRING | NULL        moment of the introduction the page follows
//   $afterId  STRING | NULL        its id
//   $limit    INTEGER              at most this many
//   $vis      LIST<INTEGER>        visibility classes the viewer may see
//
//   :param {statuses: ['DRAFT'], person: null, afterKey: null, afterId: null, limit: 21, vis: [0, 1, 2]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH known ORDER BY known.id
WITH collect(known.id) AS sources
MATCH (n:Introduction) WHERE n.vis IN $vis AND ($statuses IS NULL OR n.status IN $statuses)
MATCH (s:Source {id: n.source}) WHERE s.vis IN $vis
MATCH (a:Person)-[x:REQUESTS]->(n) WHERE a.vis IN $vis AND x.vis IN $vis AND x.retractedAt IS NULL AND x.source IN sources
MATCH (b:Person)-[y:INTRODUCES]->(n) WHERE b.vis IN $vis AND y.vis IN $vis AND y.retractedAt IS NULL AND y.source IN sources
MATCH (c:Person)-[z:INTRODUCED_IN]->(n) WHERE c.vis IN $vis AND z.vis IN $vis AND z.retractedAt IS NULL AND z.source IN sources
WITH n, s, a, b, c, coalesce(n.requestedAt, n.recordedAt) AS key
WHERE ($person IS NULL OR $person IN [a.id, b.id, c.id])
  AND ($afterKey IS NULL OR key < $afterKey OR (key = $afterKey AND n.id > $afterId))
WITH n, s, a, b, c ORDER BY key DESC, n.id LIMIT $limit
RETURN collect(n {.id, .locator, .recordedAt, .retractedAt, .vis, confidence: coalesce(n.confidence, 1.0),
  source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
  .status, .concerning, .requestedAt, .meeting,
  history: [i IN range(0, size(coalesce(n.stepStatuses, [])) - 1) | {status: n.stepStatuses[i], at: n.stepMoments[i],
    by: n.stepNames[i], note: CASE WHEN size(n.stepNotes[i]) > 0 THEN n.stepNotes[i] END}],
  requester: a {.id, .name, .country, label: 'Person',
    kinds: coalesce(a.kinds, []), otherNames: [i IN range(0, size(coalesce(a.otherNames, [])) - 1)
      WHERE a.otherNamesVis[i] IN $vis | a.otherNames[i]]},
  introducer: b {.id, .name, .country, label: 'Person',
    kinds: coalesce(b.kinds, []), otherNames: [i IN range(0, size(coalesce(b.otherNames, [])) - 1)
      WHERE b.otherNamesVis[i] IN $vis | b.otherNames[i]]},
  target: c {.id, .name, .country, label: 'Person',
    kinds: coalesce(c.kinds, []), otherNames: [i IN range(0, size(coalesce(c.otherNames, [])) - 1)
      WHERE c.otherNamesVis[i] IN $vis | c.otherNames[i]]}}) AS rows
