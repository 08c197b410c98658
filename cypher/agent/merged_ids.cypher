// The ids that lead to each of these agents too, in their order: those its other identifiers would have given it.
//
//   $ids LIST<STRING>   which agents
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], vis: [0, 1]}
UNWIND $ids AS parent
MATCH (a:Agent {id: parent}) WHERE a.vis IN $vis
MATCH (a)-[r:IDENTIFIED_BY]->(i:Identifier)
WHERE r.vis IN $vis AND i.vis IN $vis AND r.retractedAt IS NULL AND i.agent <> parent
WITH r.source AS source, collect({parent: parent, agent: i.agent}) AS said
MATCH (s:Source {id: source}) WHERE s.vis IN $vis
UNWIND said AS one
WITH DISTINCT one.parent AS parent, one.agent AS id ORDER BY id
WITH parent, collect(id) AS merged
RETURN collect([parent, merged]) AS rows
