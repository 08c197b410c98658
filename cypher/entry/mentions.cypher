// The classes of all records that mention some people or organizations, taken back or not, by the id of the agent.
//
//   $ids  LIST<STRING>   which agents
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (a:Agent {id: id}) WHERE a.vis IN $vis
MATCH (a)-[c]-(o) WHERE c.vis IN $vis AND o.vis IN $vis
WITH a, collect(DISTINCT c.vis) AS classes ORDER BY a.id
RETURN collect({id: a.id, classes: classes}) AS rows
