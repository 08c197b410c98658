// What schemes call each of these agents, by scheme, then value.
//
//   $ids LIST<STRING>   which agents
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], vis: [0, 1]}
UNWIND $ids AS parent
MATCH (a:Agent {id: parent}) WHERE a.vis IN $vis
MATCH (a)-[r:IDENTIFIED_BY]->(i:Identifier) WHERE r.vis IN $vis AND i.vis IN $vis AND r.retractedAt IS NULL
WITH r.source AS source, collect({parent: parent, identifier: i}) AS said
MATCH (s:Source {id: source}) WHERE s.vis IN $vis
UNWIND said AS one
WITH DISTINCT one.parent AS parent, one.identifier AS i
ORDER BY i.scheme, i.value
WITH parent, collect([i.scheme, i.value, i.kind]) AS rows
RETURN collect([parent, rows]) AS rows
