// The holders of a token, by id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (t:Token|Person {id: $id})
MATCH (o:Organization {id: t.organization}) WHERE o.vis IN $vis
WITH t ORDER BY t.id
RETURN collect({id: t.id}) AS rows
