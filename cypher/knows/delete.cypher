// How many pieces of evidence were deleted.
//
//   $rows  LIST<MAP>  of each piece its id, a and b, the ids of its agents
//
//   :param {rows: [{id: 'kno-1', a: 'per-1', b: 'per-2'}]}
UNWIND $rows AS row
MATCH (a:Agent {id: row.a})
MATCH (b:Agent {id: row.b})
MATCH (a)-[k:KNOWS]->(b) WHERE k.id = row.id
DELETE k
WITH count(row.id) AS saved
RETURN [{saved: saved}] AS rows
