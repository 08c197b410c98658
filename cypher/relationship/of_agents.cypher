// Everything said of nodes in a stretch of ids, with all it stores, where it begins at an agent, by that id, then its own.
//
//   $from  STRING         the first end's id, from this one
//   $to    STRING         to this one
//   $vis   LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {from: 'a', to: 'z', vis: [0, 1, 2, 3]}
MATCH (a:Agent)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|GAVE_BENEFIT|SECRETARIAT_OF|TAKES_STANCE
  |IDENTIFIED_BY|TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD|REQUESTS|INTRODUCES|INTRODUCED_IN|KNOWS]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
  AND a.id >= $from AND a.id <= $to
WITH a, c, b ORDER BY a.id, c.id
RETURN collect({type: type(c), id: c.id, a: a.id, b: b.id, properties: properties(c)}) AS rows
