// How many IDENTIFIED_BY claims were created: a person or organization as a scheme knows it.
//
//   $rows  LIST<MAP>  of each claim a and b, the ids of its ends, and its properties
//
//   :param {rows: [{a: 'one', b: 'two', properties: {id: 'clm-1', vis: 0, revision: 7}}]}
UNWIND $rows AS row
MATCH (a:Agent {id: row.a})
MATCH (b:Identifier {id: row.b})
CREATE (a)-[c:IDENTIFIED_BY]->(b)
SET c = row.properties
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
