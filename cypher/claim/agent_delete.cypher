// How many claims that begin at an agent were deleted, to be created again at another end.
//
//   $rows  LIST<MAP>  of each claim its id and a, the id of its first end
//
//   :param {rows: [{id: 'clm-1', a: 'one'}]}
UNWIND $rows AS row
MATCH (a:Agent {id: row.a})
MATCH (a)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|GAVE_BENEFIT|SECRETARIAT_OF|TAKES_STANCE
  |IDENTIFIED_BY|TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD|REQUESTS|INTRODUCES|INTRODUCED_IN]->(b)
WHERE c.id = row.id
DELETE c
WITH count(row.id) AS saved
RETURN [{saved: saved}] AS rows
