// How many ATTENDED claims were created: a person or organization at an event.
//
//   $rows  LIST<MAP>  of each claim a and b, the ids of its ends, and its properties
//
//   :param {rows: [{a: 'one', b: 'two', properties: {id: 'clm-1', vis: 0, revision: 7}}]}
UNWIND $rows AS row
MATCH (a:Agent {id: row.a})
MATCH (b:Event {id: row.b})
CREATE (a)-[c:ATTENDED]->(b)
SET c = row.properties
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
