// The card exchanges with these ids whose two people may be seen, in the order asked for.
// One that was taken back shows who they were until that moment.
//
//   $ids LIST<STRING>   which card exchanges
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['crd-7k2'], vis: [0, 1]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH known ORDER BY known.id
WITH collect(known.id) AS sources
UNWIND $ids AS id
MATCH (n:CardExchange {id: id}) WHERE n.vis IN $vis
MATCH (s:Source {id: n.source}) WHERE s.vis IN $vis
WITH n, s, sources, COLLECT {
  MATCH (p:Person)-[r:GAVE_CARD]->(n) WHERE p.vis IN $vis AND r.vis IN $vis AND r.source IN sources
  WITH r, coalesce(r.retractedAt, '9999') AS until ORDER BY until DESC, r.id
  RETURN {until: until, retractedAt: r.retractedAt}
} AS ends
WITH n, s, sources, ends[0] AS last
MATCH (g:Person)-[x:GAVE_CARD]->(n)
WHERE g.vis IN $vis AND x.vis IN $vis AND x.source IN sources AND coalesce(x.retractedAt, '9999') = last.until
MATCH (t:Person)-[y:RECEIVED_CARD]->(n)
WHERE t.vis IN $vis AND y.vis IN $vis AND y.source IN sources AND coalesce(y.retractedAt, '9999') = last.until
OPTIONAL MATCH (n)-[z:EXCHANGED_AT]->(e:Event)
WHERE z.vis IN $vis AND e.vis IN $vis AND z.source IN sources AND coalesce(z.retractedAt, '9999') = last.until
RETURN collect(n {.id, .locator, .recordedAt, retractedAt: last.retractedAt, .vis, confidence: coalesce(n.confidence, 1.0),
  source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
  .on, swapped: coalesce(n.swapped, false),
  giver: g {.id, .name, .country, label: 'Person',
    kinds: coalesce(g.kinds, []), otherNames: [i IN range(0, size(coalesce(g.otherNames, [])) - 1)
      WHERE g.otherNamesVis[i] IN $vis | g.otherNames[i]]},
  receiver: t {.id, .name, .country, label: 'Person',
    kinds: coalesce(t.kinds, []), otherNames: [i IN range(0, size(coalesce(t.otherNames, [])) - 1)
      WHERE t.otherNamesVis[i] IN $vis | t.otherNames[i]]},
  event: CASE WHEN e IS NULL THEN null ELSE e {.id, .name, .start, .end} END}) AS rows
