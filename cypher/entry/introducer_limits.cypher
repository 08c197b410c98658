// The limits of introducers with these ids, with all their properties, by id.
//
//   $ids  LIST<STRING>   which limits
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['lim-1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (n:IntroducerLimits {id: id}) WHERE n.vis IN $vis
WITH n ORDER BY n.id
RETURN collect({id: n.id, properties: properties(n)}) AS rows
