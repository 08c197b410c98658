// How many visibility classes were created.
//
//   $rows  LIST<MAP>  id, level and compartments of each
//
//   :param {rows: [{id: 4, level: 'STAFF', compartments: ['tender']}]}
UNWIND $rows AS row
CREATE (v:VisibilityClass {id: row.id, level: row.level, compartments: row.compartments})
WITH count(v) AS saved
RETURN [{saved: saved}] AS rows
