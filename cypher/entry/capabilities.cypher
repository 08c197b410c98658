// The capabilities with these ids, with all their properties, by id.
//
//   $ids  LIST<STRING>   which capabilities
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['cap-1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (n:Capability {id: id}) WHERE n.vis IN $vis
WITH n ORDER BY n.id
RETURN collect({id: n.id, properties: properties(n)}) AS rows
