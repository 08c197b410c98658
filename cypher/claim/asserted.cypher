// How often each record of some sources was asserted and taken back, and what of it by a person, in no order.
//
//   $sources  LIST<STRING>   whose claims
//   $vis      LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {sources: ['src-1'], vis: [0, 1, 2, 3]}
MATCH (a)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|POST_IN|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|PART_OF|GAVE_BENEFIT|SECRETARIAT_OF|DECIDES_ON
  |TAKES_STANCE|IDENTIFIED_BY|BROADER|RELATED|FEEDS|TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD
  |EXCHANGED_AT|REQUESTS|INTRODUCES|INTRODUCED_IN|KNOWS]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
  AND c.source IN $sources AND c.retractedAt IS NOT NULL
WITH c.key AS key, count(c) AS times, collect(CASE WHEN c.retractedBy IS NOT NULL THEN c.id END) AS byHand
RETURN collect({key: key, times: times, byHand: byHand}) AS rows
