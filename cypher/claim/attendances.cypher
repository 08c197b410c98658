// The attendances with these ids, retracted ones too, by id.
//
//   $ids LIST<STRING>   which claims
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['clm-7k2'], vis: [0, 1]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index.
MATCH (m)-[r:ATTENDED]->(e)
WHERE m.vis IN $vis AND r.vis IN $vis AND e.vis IN $vis AND r.id IN $ids
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH m, r, e, s ORDER BY r.id
RETURN collect(r {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis,
  source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
  .status,
  agent: m {.id, .name, .country, label: CASE WHEN m:Person THEN 'Person' ELSE 'Organization' END,
    kinds: coalesce(m.kinds, []), otherNames: [i IN range(0, size(coalesce(m.otherNames, [])) - 1)
      WHERE m.otherNamesVis[i] IN $vis | m.otherNames[i]]},
  event: e {.id, .name, .start, .end}}) AS rows
