// How many pieces of evidence were created.
//
//   $rows  LIST<MAP>  of each piece a and b, the ids of its agents, and its properties
//
//   :param {rows: [{a: 'per-1', b: 'per-2', properties: {id: 'kno-1', vis: 0, revision: 7}}]}
UNWIND $rows AS row
MATCH (a:Agent {id: row.a})
MATCH (b:Agent {id: row.b})
CREATE (a)-[k:KNOWS]->(b)
SET k = row.properties
WITH count(k) AS saved
RETURN [{saved: saved}] AS rows
