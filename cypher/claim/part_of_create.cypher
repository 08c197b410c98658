// How many PART_OF claims were created: an event as part of another.
//
//   $rows  LIST<MAP>  of each claim a and b, the ids of its ends, and its properties
//
//   :param {rows: [{a: 'one', b: 'two', properties: {id: 'clm-1', vis: 0, revision: 7}}]}
UNWIND $rows AS row
MATCH (a:Event {id: row.a})
MATCH (b:Event {id: row.b})
CREATE (a)-[c:PART_OF]->(b)
SET c = row.properties
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
