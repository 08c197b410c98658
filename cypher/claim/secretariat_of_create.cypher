// How many SECRETARIAT_OF claims were created: a person or organization running the office of a group.
//
//   $rows  LIST<MAP>  of each claim a and b, the ids of its ends, and its properties
//
//   :param {rows: [{a: 'one', b: 'two', properties: {id: 'clm-1', vis: 0, revision: 7}}]}
UNWIND $rows AS row
MATCH (a:Agent {id: row.a})
MATCH (b:Organization {id: row.b})
CREATE (a)-[c:SECRETARIAT_OF]->(b)
SET c = row.properties
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
