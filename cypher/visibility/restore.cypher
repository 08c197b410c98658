// How many visibility classes were created as they were dumped.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'one'}}]}
UNWIND $rows AS row
CREATE (v:VisibilityClass)
SET v = row.properties
WITH count(v) AS saved
RETURN [{saved: saved}] AS rows
