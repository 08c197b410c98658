// How many INTRODUCES claims were created: who is asked to introduce.
//
//   $rows  LIST<MAP>  of each claim a and b, the ids of its ends, and its properties
//
//   :param {rows: [{a: 'one', b: 'two', properties: {id: 'clm-1', vis: 0, revision: 7}}]}
UNWIND $rows AS row
MATCH (a:Person {id: row.a})
MATCH (b:Introduction {id: row.b})
CREATE (a)-[c:INTRODUCES]->(b)
SET c = row.properties
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
