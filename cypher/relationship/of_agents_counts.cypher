// How much is said that begins at each node, where that is an agent, by id.
//
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {vis: [0, 1, 2, 3]}
MATCH (a:Agent)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|GAVE_BENEFIT|SECRETARIAT_OF|TAKES_STANCE
  |IDENTIFIED_BY|TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD|REQUESTS|INTRODUCES|INTRODUCED_IN|KNOWS]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
WITH a.id AS id, count(c) AS claims ORDER BY id
RETURN collect({id: id, claims: claims}) AS rows
