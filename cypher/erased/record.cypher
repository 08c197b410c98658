// How many ids are noted as gone for good, so that whoever holds them in memory lets go of them.
//
//   $rows      LIST<MAP>  the id of each
//   $revision  INTEGER    since when
//
//   :param {rows: [{id: 'per-1'}], revision: 8}
UNWIND $rows AS row
// The writer sends ids of records it has just deleted, so the key of this MERGE is never null.
MERGE (e:Erased {id: row.id})
SET e.revision = $revision
WITH count(e) AS saved
RETURN [{saved: saved}] AS rows
