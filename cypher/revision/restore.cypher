// How many stores were set to the revision and moment of a dump.
//
//   $rows  LIST<MAP>  number and micros
//
//   :param {rows: [{number: 16, micros: 1795502068123456}]}
UNWIND $rows AS row
CREATE (r:Revision {id: 'revision', number: row.number, micros: row.micros})
WITH count(r) AS saved
RETURN [{saved: saved}] AS rows
