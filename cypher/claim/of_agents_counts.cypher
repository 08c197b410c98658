// How many of these claims begin at each agent, by id.
//
//   $sources  LIST<STRING>   whose claims
//   $vis      LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {sources: ['src-1'], vis: [0, 1, 2, 3]}
MATCH (a:Agent)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|GAVE_BENEFIT|SECRETARIAT_OF|TAKES_STANCE
  |TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD|REQUESTS|INTRODUCES|INTRODUCED_IN]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
  AND c.source IN $sources AND c.retractedAt IS NULL
WITH a.id AS id, count(c) AS claims ORDER BY id
RETURN collect({id: id, claims: claims}) AS rows
