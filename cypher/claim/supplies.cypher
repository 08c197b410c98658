// The supplies with these ids, retracted ones too, by id.
//
//   $ids LIST<STRING>   which claims
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['clm-7k2'], vis: [0, 1]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index.
MATCH (a)-[r:SUPPLIES]->(b)
WHERE a.vis IN $vis AND r.vis IN $vis AND b.vis IN $vis AND r.id IN $ids
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
OPTIONAL MATCH (c:Capability {id: r.capability}) WHERE c.vis IN $vis
WITH a, r, b, s, c ORDER BY r.id
RETURN collect(r {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis, .start, .end, .earliest, .latest,
  observed: coalesce(r.observed, []), unseen: coalesce(r.unseen, []),
  source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
  supplier: a {.id, .name, .country, label: 'Organization',
    kinds: coalesce(a.kinds, []), otherNames: [i IN range(0, size(coalesce(a.otherNames, [])) - 1)
      WHERE a.otherNamesVis[i] IN $vis | a.otherNames[i]]},
  customer: b {.id, .name, .country, label: 'Organization',
    kinds: coalesce(b.kinds, []), otherNames: [i IN range(0, size(coalesce(b.otherNames, [])) - 1)
      WHERE b.otherNamesVis[i] IN $vis | b.otherNames[i]]},
  capability: CASE WHEN c IS NULL THEN null ELSE c {.id, .name, altLabels: coalesce(c.altLabels, [])} END,
  disputed: r.retractedAt IS NULL AND EXISTS {
    MATCH (a)-[x:SUPPLIES]->(b) WHERE x.vis IN $vis AND x.source <> r.source
      AND coalesce(x.capability, '') = coalesce(r.capability, '')
      AND x.retractedAt IS NULL
      AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
      AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
      AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
        OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end))
    MATCH (y:Source {id: x.source}) WHERE y.vis IN $vis
    RETURN y
  }}) AS rows
