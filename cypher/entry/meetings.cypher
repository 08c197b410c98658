// The meetings with these ids, with all their properties, by id.
//
//   $ids  LIST<STRING>   which meetings
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['mtg-1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (n:Meeting {id: id}) WHERE n.vis IN $vis
WITH n ORDER BY n.id
RETURN collect({id: n.id, properties: properties(n)}) AS rows
