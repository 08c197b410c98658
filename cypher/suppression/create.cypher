// How many suppressions stand that were to be there.
//
//   $rows  LIST<MAP>  the id of each and its properties
//
//   :param {rows: [{id: 'sup-1', properties: {id: 'sup-1', revision: 7}}]}
UNWIND $rows AS row
// The writer makes every id from a hash, so the key of this MERGE is never null.
MERGE (s:Suppression {id: row.id})
SET s += row.properties
WITH count(s) AS saved
RETURN [{saved: saved}] AS rows
