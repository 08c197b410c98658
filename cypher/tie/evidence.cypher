// All evidence between two agents as known at a moment, by id.
//
//   $a     STRING         one agent
//   $b     STRING         the other
//   $known STRING         what we knew when, ISO moment in UTC
//   $vis   LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {a: 'per-7k2', b: 'per-9m4', known: '2026-11-23T12:00:00.000000Z', vis: [0, 1]}
MATCH (x:Agent {id: $a}) WHERE x.vis IN $vis
MATCH (y:Agent {id: $b}) WHERE y.vis IN $vis
MATCH (x)-[k:KNOWS]-(y) WHERE k.vis IN $vis
  AND k.recordedAt <= $known AND (k.retractedAt IS NULL OR k.retractedAt > $known)
MATCH (s:Source {id: k.source}) WHERE s.vis IN $vis
WITH k, s, startNode(k) AS a, endNode(k) AS b ORDER BY k.id
RETURN collect(k {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis, .kind, .since, .on,
  about: coalesce(k.about, []), source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
  a: a {.id, .name, .country, label: CASE WHEN a:Person THEN 'Person' ELSE 'Organization' END,
    kinds: coalesce(a.kinds, []), otherNames: [i IN range(0, size(coalesce(a.otherNames, [])) - 1)
      WHERE a.otherNamesVis[i] IN $vis | a.otherNames[i]]},
  b: b {.id, .name, .country, label: CASE WHEN b:Person THEN 'Person' ELSE 'Organization' END,
    kinds: coalesce(b.kinds, []), otherNames: [i IN range(0, size(coalesce(b.otherNames, [])) - 1)
      WHERE b.otherNamesVis[i] IN $vis | b.otherNames[i]]}}) AS rows
