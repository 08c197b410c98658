// How many tokens were created as they were dumped.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'one'}}]}
UNWIND $rows AS row
CREATE (t:Token)
SET t = row.properties
WITH count(t) AS saved
RETURN [{saved: saved}] AS rows
