// The memberships with these ids, retracted ones too, by id.
//
//   $ids LIST<STRING>   which claims
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['clm-7k2'], vis: [0, 1]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index.
MATCH (m)-[r:MEMBER_OF]->(o)
WHERE m.vis IN $vis AND r.vis IN $vis AND o.vis IN $vis AND r.id IN $ids
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH m, r, o, s ORDER BY r.id
RETURN collect(r {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis, .start, .end, .earliest, .latest,
  observed: coalesce(r.observed, []), unseen: coalesce(r.unseen, []),
  source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
  .role,
  member: m {.id, .name, .country, label: CASE WHEN m:Person THEN 'Person' ELSE 'Organization' END,
    kinds: coalesce(m.kinds, []), otherNames: [i IN range(0, size(coalesce(m.otherNames, [])) - 1)
      WHERE m.otherNamesVis[i] IN $vis | m.otherNames[i]]},
  organization: o {.id, .name, .country, label: 'Organization',
    kinds: coalesce(o.kinds, []), otherNames: [i IN range(0, size(coalesce(o.otherNames, [])) - 1)
      WHERE o.otherNamesVis[i] IN $vis | o.otherNames[i]]},
  disputed: r.retractedAt IS NULL AND EXISTS {
    MATCH (m)-[x:MEMBER_OF]->(o) WHERE x.vis IN $vis AND x.source <> r.source
      AND x.retractedAt IS NULL
      AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
      AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
      AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
        OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end)
        OR x.role <> r.role)
    MATCH (y:Source {id: x.source}) WHERE y.vis IN $vis
    RETURN y
  }}) AS rows
