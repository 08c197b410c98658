// How many claims that begin at a post were changed: retracted, seen again, or found elsewhere in the source.
//
//   $rows  LIST<MAP>  of each claim its id, a, the id of its first end, and the properties that change
//
//   :param {rows: [{id: 'clm-1', a: 'one', change: {locator: 'line 3', revision: 8}}]}
UNWIND $rows AS row
MATCH (a:Post {id: row.a})
MATCH (a)-[c:POST_IN|DECIDES_ON]->(b)
WHERE c.id = row.id
SET c += row.change
WITH count(c) AS saved
RETURN [{saved: saved}] AS rows
