// The people who work for an organization, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
OPTIONAL MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
WITH o ORDER BY o.id
RETURN [(p:Person)-[w:WORKS_FOR]->(o) WHERE p.vis IN $vis AND w.vis IN $vis | {id: p.id, of: o.id}] AS rows
