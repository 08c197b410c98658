// All that begins at a person, taken back or not, with all it stores; a page by id.
//
//   $id     STRING         which person
//   $after  STRING         behind this id
//   $limit  INTEGER        at most this many
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'per-1', after: '', limit: 1000, vis: [0, 1, 2, 3]}
MATCH (a:Agent {id: $id}) WHERE a.vis IN $vis
MATCH (a)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|POST_IN|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|PART_OF|GAVE_BENEFIT|SECRETARIAT_OF|DECIDES_ON
  |TAKES_STANCE|IDENTIFIED_BY|BROADER|RELATED|FEEDS|TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD
  |EXCHANGED_AT|REQUESTS|INTRODUCES|INTRODUCED_IN|KNOWS]->(b)
WHERE c.vis IN $vis AND b.vis IN $vis AND c.id > $after
WITH a, c, b ORDER BY c.id LIMIT $limit
RETURN collect({type: type(c), id: c.id, a: a.id, b: b.id, properties: properties(c)}) AS rows
