// The organization each of these posts is in, beside the id of the post.
//
//   $ids LIST<STRING>   which posts
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['pst-7k2'], vis: [0, 1]}
UNWIND $ids AS parent
MATCH (t:Post {id: parent}) WHERE t.vis IN $vis
MATCH (t)-[r:POST_IN]->(o:Organization) WHERE r.vis IN $vis AND o.vis IN $vis AND r.retractedAt IS NULL
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH DISTINCT t, o ORDER BY t.id, o.id
WITH t, o {.id, .name, .country, label: 'Organization',
  kinds: coalesce(o.kinds, []), otherNames: [i IN range(0, size(coalesce(o.otherNames, [])) - 1)
      WHERE o.otherNamesVis[i] IN $vis | o.otherNames[i]]} AS agent
RETURN collect({asked: t.id, agent: agent}) AS rows
