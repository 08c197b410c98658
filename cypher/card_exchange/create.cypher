// How many card exchanges were created.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'one', vis: 0, revision: 7}}]}
UNWIND $rows AS row
CREATE (n:CardExchange)
SET n = row.properties
WITH count(n) AS saved
RETURN [{saved: saved}] AS rows
