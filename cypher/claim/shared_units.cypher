// Which other sources have standing claims in which units, in no order.
//
//   $sources  LIST<STRING>   the sources left out
//   $vis      LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {sources: ['src-1'], vis: [0, 1, 2, 3]}
MATCH (a)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|POST_IN|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|PART_OF|GAVE_BENEFIT|SECRETARIAT_OF|DECIDES_ON
  |TAKES_STANCE|BROADER|RELATED|FEEDS|TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD|EXCHANGED_AT|REQUESTS
  |INTRODUCES|INTRODUCED_IN]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
  AND NOT c.source IN $sources AND c.unit IS NOT NULL AND c.retractedAt IS NULL
WITH DISTINCT c.source AS source, c.unit AS unit
RETURN collect({source: source, unit: unit}) AS rows
