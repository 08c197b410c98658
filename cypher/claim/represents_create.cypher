// How many REPRESENTS claims were created: a person or organization speaking for another.
//
//   $rows  LIST<MAP>  of each claim a and b, the ids of its ends, and its properties
//
//   :param {rows: [{a: 'one', b: 'two', properties: {id: 'clm-1', vis: 0, revision: 7}}]}
UNWIND $rows AS row
MATCH (a:Agent {id: row.a})
MATCH (b:Agent {id: row.b})
CREATE (a)-[c:REPRESENTS]->(b)
SET c = row.properties
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
