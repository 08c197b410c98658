// Every claim and piece of evidence that begins or ends at some agents, taken back or not, by id.
//
//   $ids  LIST<STRING>   which agents
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-1'], vis: [0, 1, 2, 3]}
MATCH (a)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|POST_IN|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|PART_OF|GAVE_BENEFIT|SECRETARIAT_OF|DECIDES_ON
  |TAKES_STANCE|IDENTIFIED_BY|BROADER|RELATED|FEEDS|TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD
  |EXCHANGED_AT|REQUESTS|INTRODUCES|INTRODUCED_IN|KNOWS]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
  AND (a.id IN $ids OR b.id IN $ids)
WITH a, c, b ORDER BY c.id
RETURN collect({type: type(c), id: c.id, a: a.id, b: b.id, properties: properties(c)}) AS rows
