// How many principals were created as they were dumped.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'one'}}]}
UNWIND $rows AS row
CREATE (p:Principal)
SET p = row.properties
WITH count(p) AS saved
RETURN [{saved: saved}] AS rows
