// How many limits of introducers were created.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'one', vis: 2, revision: 7}}]}
UNWIND $rows AS row
CREATE (n:IntroducerLimits)
SET n = row.properties
WITH count(n) AS saved
RETURN [{saved: saved}] AS rows
