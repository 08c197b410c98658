// What identifies some agents and the sources that say so, with all their properties, by id.
//
//   $ids  LIST<STRING>   which agents
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (a:Agent {id: id}) WHERE a.vis IN $vis
MATCH (a)-[c:IDENTIFIED_BY]->(b:Identifier)
WHERE c.vis IN $vis AND b.vis IN $vis
MATCH (s:Source {id: c.source}) WHERE s.vis IN $vis
UNWIND [b, s] AS n
WITH DISTINCT n ORDER BY n.id
RETURN collect({id: n.id, properties: properties(n)}) AS rows
