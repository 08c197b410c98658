// The sources with these ids, with all their properties, by id.
//
//   $ids  LIST<STRING>   which sources
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['src-1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (n:Source {id: id}) WHERE n.vis IN $vis
WITH n ORDER BY n.id
RETURN collect({id: n.id, properties: properties(n)}) AS rows
