// How many batches were opened for the first time.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'btc-1', status: 'OPEN', sources: ['src-1'], revision: 7}}]}
UNWIND $rows AS row
CREATE (b:ImportBatch)
SET b = row.properties
WITH count(b) AS saved
RETURN [{saved: saved}] AS rows
