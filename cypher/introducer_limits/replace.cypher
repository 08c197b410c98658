// How many limits of introducers got other properties.
//
//   $rows  LIST<MAP>  of each its id and all its properties
//
//   :param {rows: [{id: 'one', properties: {id: 'one', vis: 2, revision: 8}}]}
UNWIND $rows AS row
MATCH (n:IntroducerLimits {id: row.id})
SET n = row.properties
WITH count(n) AS saved
RETURN [{saved: saved}] AS rows
