// How many EXCHANGED_AT claims were created: the event at which a card changed hands.
//
//   $rows  LIST<MAP>  of each claim a and b, the ids of its ends, and its properties
//
//   :param {rows: [{a: 'one', b: 'two', properties: {id: 'clm-1', vis: 0, revision: 7}}]}
UNWIND $rows AS row
MATCH (a:CardExchange {id: row.a})
MATCH (b:Event {id: row.b})
CREATE (a)-[c:EXCHANGED_AT]->(b)
SET c = row.properties
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
