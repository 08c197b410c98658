// The certifications with these ids, with all their properties, by id.
//
//   $ids  LIST<STRING>   which certifications
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['cer-1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (n:Certification {id: id}) WHERE n.vis IN $vis
WITH n ORDER BY n.id
RETURN collect({id: n.id, properties: properties(n)}) AS rows
