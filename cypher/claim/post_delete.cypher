// How many claims that begin at a post were deleted, to be created again at another end.
//
//   $rows  LIST<MAP>  of each claim its id and a, the id of its first end
//
//   :param {rows: [{id: 'clm-1', a: 'one'}]}
UNWIND $rows AS row
MATCH (a:Post {id: row.a})
MATCH (a)-[c:POST_IN|DECIDES_ON]->(b)
WHERE c.id = row.id
DELETE c
WITH count(row.id) AS saved
RETURN [{saved: saved}] AS rows
