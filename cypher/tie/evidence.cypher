// Pieces of evidence between pairs of agents, by id.
//
//   $between LIST<MAP>      a and b: ids of two agents; ids: evidence between them
//   $vis     LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {between: [{a: 'per-7k2', b: 'per-9m4', ids: ['kno-1']}], vis: [0, 1]}
UNWIND $between AS pair
MATCH (x:Agent {id: pair.a}) WHERE x.vis IN $vis
MATCH (y:Agent {id: pair.b}) WHERE y.vis IN $vis
MATCH (x)-[k:KNOWS]-(y) WHERE k.vis IN $vis AND k.id IN pair.ids
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
