// How many notes of what is gone were created as they were dumped.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'one'}}]}
UNWIND $rows AS row
CREATE (e:Erased)
SET e = row.properties
WITH count(e) AS saved
RETURN [{saved: saved}] AS rows
