// How many pieces of evidence were changed: retracted, shown to others, or given another source.
//
//   $rows  LIST<MAP>  of each piece its id, a and b, the ids of its agents, and the properties that change
//
//   :param {rows: [{id: 'kno-1', a: 'per-1', b: 'per-2', change: {vis: 1, revision: 8}}]}
UNWIND $rows AS row
MATCH (a:Agent {id: row.a})
MATCH (b:Agent {id: row.b})
MATCH (a)-[k:KNOWS]->(b) WHERE k.id = row.id
SET k += row.change
WITH count(k) AS saved
RETURN [{saved: saved}] AS rows
