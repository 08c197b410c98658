// The employments of an organization, by id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
MATCH (:Person)-[w:WORKS_FOR]->(o) WHERE w.vis IN $vis
WITH w ORDER BY w.id
RETURN collect({id: w.id}) AS rows
