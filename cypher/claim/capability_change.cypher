// How many claims that begin at a capability were changed: retracted, seen again, or found elsewhere in the source.
//
//   $rows  LIST<MAP>  of each claim its id, a, the id of its first end, and the properties that change
//
//   :param {rows: [{id: 'clm-1', a: 'one', change: {locator: 'line 3', revision: 8}}]}
UNWIND $rows AS row
MATCH (a:Capability {id: row.a})
MATCH (a)-[c:BROADER|RELATED|FEEDS]->(b)
WHERE c.id = row.id
SET c += row.change
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
