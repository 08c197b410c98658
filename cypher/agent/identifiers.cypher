// What schemes call each of these agents, by scheme, then value.
//
//   $ids LIST<STRING>   which agents
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], vis: [0, 1]}
UNWIND $ids AS parent
MATCH (a:Agent {id: parent}) WHERE a.vis IN $vis
WITH a, COLLECT {
  MATCH (a)-[r:IDENTIFIED_BY]->(i:Identifier) WHERE r.vis IN $vis AND i.vis IN $vis AND r.retractedAt IS NULL
  MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
  WITH DISTINCT i ORDER BY i.scheme, i.value
  RETURN i {.scheme, .value, .kind}
} AS rows
RETURN collect({parent: a.id, rows: rows}) AS rows
