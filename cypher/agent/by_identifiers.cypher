// The people and organizations that hold each of these identifiers, by the identifier's id, then theirs.
//
//   $ids LIST<STRING>   ids of identifiers
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['idn-7k2'], vis: [0, 1]}
UNWIND $ids AS asked
MATCH (i:Identifier {id: asked}) WHERE i.vis IN $vis
MATCH (n:Agent)-[r:IDENTIFIED_BY]->(i) WHERE n.vis IN $vis AND r.vis IN $vis AND r.retractedAt IS NULL
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH DISTINCT asked, n ORDER BY asked, n.id
WITH asked, n {.id, .name, .country, label: CASE WHEN n:Person THEN 'Person' ELSE 'Organization' END,
  kinds: coalesce(n.kinds, []), otherNames: [i IN range(0, size(coalesce(n.otherNames, [])) - 1)
      WHERE n.otherNamesVis[i] IN $vis | n.otherNames[i]]} AS agent
RETURN collect({asked: asked, agent: agent}) AS rows
