// The people and organizations that a scheme knows by a value, by label, then id.
//
//   $scheme STRING         the scheme, gb-coh
//   $value  STRING         what the scheme calls the agent
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {scheme: 'gb-coh', value: '00882843', vis: [0, 1]}
MATCH (i:Identifier {scheme: $scheme, value: $value}) WHERE i.vis IN $vis
MATCH (n:Agent)-[r:IDENTIFIED_BY]->(i) WHERE n.vis IN $vis AND r.vis IN $vis AND r.retractedAt IS NULL
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH DISTINCT n ORDER BY CASE WHEN n:Person THEN 1 ELSE 0 END, n.id
RETURN collect(n {.id, .name, .country, label: CASE WHEN n:Person THEN 'Person' ELSE 'Organization' END,
  kinds: coalesce(n.kinds, []), otherNames: [i IN range(0, size(coalesce(n.otherNames, [])) - 1)
      WHERE n.otherNamesVis[i] IN $vis | n.otherNames[i]]}) AS rows
