// How many DECIDES_ON claims were created: a post that decides on an issue.
//
//   $rows  LIST<MAP>  of each claim a and b, the ids of its ends, and its properties
//
//   :param {rows: [{a: 'one', b: 'two', properties: {id: 'clm-1', vis: 0, revision: 7}}]}
UNWIND $rows AS row
MATCH (a:Post {id: row.a})
MATCH (b:Issue {id: row.b})
CREATE (a)-[c:DECIDES_ON]->(b)
SET c = row.properties
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
