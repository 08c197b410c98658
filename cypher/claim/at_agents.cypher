// All that begins or ends at some agents, taken back or not, but for evidence that is derived and stands; a page by id.
//
//   $ids    LIST<STRING>   which agents
//   $after  STRING         behind this id
//   $limit  INTEGER        at most this many
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-1'], after: '', limit: 1000, vis: [0, 1, 2, 3]}
MATCH (a)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|POST_IN|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|PART_OF|GAVE_BENEFIT|SECRETARIAT_OF|DECIDES_ON
  |TAKES_STANCE|IDENTIFIED_BY|BROADER|RELATED|FEEDS|TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD
  |EXCHANGED_AT|REQUESTS|INTRODUCES|INTRODUCED_IN|KNOWS]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
  AND (a.id IN $ids OR b.id IN $ids) AND c.id > $after
  AND (type(c) <> 'KNOWS' OR c.retractedAt IS NOT NULL OR c.unit IS NULL)
WITH a, c, b ORDER BY c.id LIMIT $limit
RETURN collect({type: type(c), id: c.id, a: a.id, b: b.id, properties: properties(c)}) AS rows
