// All that is said of who was in some introductions, taken back or not, with all it stores, by id.
//
//   $ids  LIST<STRING>   which introductions
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['one'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (b:Introduction {id: id}) WHERE b.vis IN $vis
MATCH (a:Agent)-[c:REQUESTS|INTRODUCES|INTRODUCED_IN]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis
WITH a, c, b ORDER BY c.id
RETURN collect({type: type(c), id: c.id, a: a.id, b: b.id, properties: properties(c)}) AS rows
