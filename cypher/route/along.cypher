// What stands along routes: pieces of evidence, by id, and the agents at their starts and ends, each once.
//
//   $evidence  LIST<STRING>   which evidence
//   $vis       LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {evidence: ['kno-7k2'], vis: [0, 1]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index.
MATCH (a)-[k:KNOWS]->(b)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis AND k.id IN $evidence
MATCH (s:Source {id: k.source}) WHERE s.vis IN $vis
WITH a, k, b, s ORDER BY k.id
WITH collect(DISTINCT a {.id, .name, .country, label: CASE WHEN a:Person THEN 'Person' ELSE 'Organization' END,
    kinds: coalesce(a.kinds, []), otherNames: [i IN range(0, size(coalesce(a.otherNames, [])) - 1)
      WHERE a.otherNamesVis[i] IN $vis | a.otherNames[i]]}) AS starts,
  collect(DISTINCT b {.id, .name, .country, label: CASE WHEN b:Person THEN 'Person' ELSE 'Organization' END,
    kinds: coalesce(b.kinds, []), otherNames: [i IN range(0, size(coalesce(b.otherNames, [])) - 1)
      WHERE b.otherNamesVis[i] IN $vis | b.otherNames[i]]}) AS ends,
  collect(k {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis, .kind, .since, .on, .intensity,
    about: coalesce(k.about, []), a: a.id, b: b.id,
    source: s {.id, .title, .publisher, .url, .licence, .retrievedAt}}) AS evidence
RETURN [{starts: starts, ends: ends, evidence: evidence}] AS rows
