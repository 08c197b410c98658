// The people who work for an organization, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
MATCH (p:Person)-[:WORKS_FOR]->(o) WHERE p.vis IN $vis
WITH p ORDER BY p.name, p.id
RETURN collect({id: p.id, name: p.name}) AS rows
