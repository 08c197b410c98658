// The evidence that a revision was the last to write or take back, by kind, then days and id.
//
//   $revisions  LIST<INTEGER>  the revision alone
//   $first      INTEGER        the revision
//   $last       INTEGER        the revision
//   $vis        LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {revisions: [15], first: 15, last: 15, vis: [0, 1]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index. It finds a list
// of revisions by the index, Neo4j a stretch of them: it reads everything where a list looks like much of what there is.
MATCH (a)-[k:KNOWS]->(b)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis AND k.revision IN $revisions
  AND k.revision >= $first AND k.revision <= $last
MATCH (s:Source {id: k.source}) WHERE s.vis IN $vis
WITH a, k, b, s ORDER BY k.kind, coalesce(k.since, ''), k.on, k.id
RETURN collect(k {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis, .kind, .since, .on,
  intensity: coalesce(k.intensity, 1.0), about: coalesce(k.about, []), source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
  a: a {.id, .name, .country, label: CASE WHEN a:Person THEN 'Person' ELSE 'Organization' END,
    kinds: coalesce(a.kinds, []), otherNames: [i IN range(0, size(coalesce(a.otherNames, [])) - 1)
      WHERE a.otherNamesVis[i] IN $vis | a.otherNames[i]]},
  b: b {.id, .name, .country, label: CASE WHEN b:Person THEN 'Person' ELSE 'Organization' END,
    kinds: coalesce(b.kinds, []), otherNames: [i IN range(0, size(coalesce(b.otherNames, [])) - 1)
      WHERE b.otherNamesVis[i] IN $vis | b.otherNames[i]]}}) AS rows
