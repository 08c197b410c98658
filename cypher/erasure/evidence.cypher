// How many pieces of evidence were deleted, wherever they stand.
//
//   $ids  LIST<STRING>  which ones
//
//   :param {ids: ['kno-1']}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index.
MATCH (a)-[k:KNOWS]->(b) WHERE k.id IN $ids
DELETE k
WITH count(*) AS saved
RETURN [{saved: saved}] AS rows
