// How many registered documents were created as they were dumped.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'one'}}]}
UNWIND $rows AS row
CREATE (d:Document)
SET d = row.properties
WITH count(d) AS saved
RETURN [{saved: saved}] AS rows
