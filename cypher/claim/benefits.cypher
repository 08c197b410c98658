// The benefits with these ids, retracted ones too, by id.
//
//   $ids LIST<STRING>   which claims
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['clm-7k2'], vis: [0, 1]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index.
MATCH (g)-[r:GAVE_BENEFIT]->(m)
WHERE g.vis IN $vis AND r.vis IN $vis AND m.vis IN $vis AND r.id IN $ids
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH g, r, m, s ORDER BY r.id
RETURN collect(r {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis, .start, .end, .earliest, .latest,
  observed: coalesce(r.observed, []), unseen: coalesce(r.unseen, []),
  source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
  .amount, .amountMin, .amountMax,
  kind: coalesce(r.kind, 'benefit'),
  currency: coalesce(r.currency, 'GBP'),
  giver: g {.id, .name, .country, label: 'Organization',
    kinds: coalesce(g.kinds, []), otherNames: [i IN range(0, size(coalesce(g.otherNames, [])) - 1)
      WHERE g.otherNamesVis[i] IN $vis | g.otherNames[i]]},
  receiver: m {.id, .name, .country, label: CASE WHEN m:Person THEN 'Person' ELSE 'Organization' END,
    kinds: coalesce(m.kinds, []), otherNames: [i IN range(0, size(coalesce(m.otherNames, [])) - 1)
      WHERE m.otherNamesVis[i] IN $vis | m.otherNames[i]]},
  disputed: r.retractedAt IS NULL AND EXISTS {
    MATCH (g)-[x:GAVE_BENEFIT]->(m) WHERE x.vis IN $vis AND x.source <> r.source
      AND coalesce(x.kind, '') = coalesce(r.kind, '')
      AND x.retractedAt IS NULL
      AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
      AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
      AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
        OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end)
        OR x.amount <> r.amount
        OR x.amountMin <> r.amountMin
        OR x.amountMax <> r.amountMax)
    MATCH (y:Source {id: x.source}) WHERE y.vis IN $vis
    RETURN y
  }}) AS rows
