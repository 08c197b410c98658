// How many batches were opened again, or closed.
//
//   $rows  LIST<MAP>  of each its id and the properties that change
//
//   :param {rows: [{id: 'btc-1', change: {status: 'CLOSED', revision: 8}}]}
UNWIND $rows AS row
MATCH (b:ImportBatch {id: row.id})
SET b += row.change
WITH count(b) AS saved
RETURN [{saved: saved}] AS rows
