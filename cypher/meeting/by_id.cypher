// The meetings with these ids and the people in them who may be seen, in the order asked for.
// A meeting was taken back when everybody's part in it was; it then shows who was in it until that moment.
//
//   $ids LIST<STRING>   which meetings
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['mtg-7k2'], vis: [0, 1]}
UNWIND $ids AS id
MATCH (n:Meeting {id: id}) WHERE n.vis IN $vis
MATCH (s:Source {id: n.source}) WHERE s.vis IN $vis
WITH n, s, COLLECT {
  MATCH (p:Person)-[r:TOOK_PART_IN]->(n) WHERE p.vis IN $vis AND r.vis IN $vis
  MATCH (y:Source {id: r.source}) WHERE y.vis IN $vis
  WITH r, coalesce(r.retractedAt, '9999') AS until ORDER BY until DESC, r.id
  RETURN {until: until, retractedAt: r.retractedAt}
} AS ends
WITH n, s, ends[0] AS last
WITH n, s, last.retractedAt AS retractedAt, COLLECT {
  MATCH (p:Person)-[r:TOOK_PART_IN]->(n)
  WHERE p.vis IN $vis AND r.vis IN $vis AND coalesce(r.retractedAt, '9999') = last.until
  MATCH (y:Source {id: r.source}) WHERE y.vis IN $vis
  WITH DISTINCT p ORDER BY p.name, p.id
  RETURN p {.id, .name, .country, label: 'Person',
    kinds: coalesce(p.kinds, []), otherNames: [i IN range(0, size(coalesce(p.otherNames, [])) - 1)
      WHERE p.otherNamesVis[i] IN $vis | p.otherNames[i]]}
} AS participants
RETURN collect(n {.id, .locator, .recordedAt, retractedAt: retractedAt, .vis, confidence: coalesce(n.confidence, 1.0),
  source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
  .on, .status, .subject, participants: participants}) AS rows
