// How many suppressions were created as they were dumped.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'one'}}]}
UNWIND $rows AS row
CREATE (s:Suppression)
SET s = row.properties
WITH count(s) AS saved
RETURN [{saved: saved}] AS rows
