// How many entries of the audit were created.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'aud-0000000000000001', number: 1}}]}
UNWIND $rows AS row
CREATE (a:Audit)
SET a = row.properties
WITH count(a) AS saved
RETURN [{saved: saved}] AS rows
