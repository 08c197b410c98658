// How many claims say what identifies each agent, by id.
//
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {vis: [0, 1, 2, 3]}
MATCH (a:Agent)-[c:IDENTIFIED_BY]->(b:Identifier)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
WITH a.id AS id, count(c) AS claims ORDER BY id
RETURN collect({id: id, claims: claims}) AS rows
