// How much is said that begins at each node, where that is something that is no agent, by id.
//
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {vis: [0, 1, 2, 3]}
MATCH (a)-[c:POST_IN|DECIDES_ON|BROADER|RELATED|FEEDS|PART_OF|EXCHANGED_AT]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
WITH a.id AS id, count(c) AS claims ORDER BY id
RETURN collect({id: id, claims: claims}) AS rows
