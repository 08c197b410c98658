// How many capabilities got other properties.
//
//   $rows  LIST<MAP>  of each its id and all its properties
//
//   :param {rows: [{id: 'one', properties: {id: 'one', vis: 0, revision: 8}}]}
UNWIND $rows AS row
MATCH (n:Capability {id: row.id})
SET n = row.properties
WITH count(n) AS saved
RETURN [{saved: saved}] AS rows
