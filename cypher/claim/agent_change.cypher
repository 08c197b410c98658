// How many claims that begin at an agent were changed: retracted, seen again, or found elsewhere in the source.
//
//   $rows  LIST<MAP>  of each claim its id, a, the id of its first end, and the properties that change
//
//   :param {rows: [{id: 'clm-1', a: 'one', change: {locator: 'line 3', revision: 8}}]}
UNWIND $rows AS row
MATCH (a:Agent {id: row.a})
MATCH (a)-[c:WORKS_FOR|DIRECTOR_OF|HOLDS|MEMBER_OF|SUPPLIES|HAS_CAPABILITY|HOLDS_CERTIFICATION|OWNS
  |SUCCEEDED_BY|REPRESENTS|COMPETES_WITH|ATTENDED|GAVE_BENEFIT|SECRETARIAT_OF|TAKES_STANCE
  |IDENTIFIED_BY|TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD|REQUESTS|INTRODUCES|INTRODUCED_IN]->(b)
WHERE c.id = row.id
SET c += row.change
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
