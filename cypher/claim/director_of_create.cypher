// How many DIRECTOR_OF claims were created: a person on the board of an organization.
//
//   $rows  LIST<MAP>  of each claim a and b, the ids of its ends, and its properties
//
//   :param {rows: [{a: 'one', b: 'two', properties: {id: 'clm-1', vis: 0, revision: 7}}]}
UNWIND $rows AS row
MATCH (a:Person {id: row.a})
MATCH (b:Organization {id: row.b})
CREATE (a)-[c:DIRECTOR_OF]->(b)
SET c = row.properties
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
