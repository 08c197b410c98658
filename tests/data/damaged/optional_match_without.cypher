// The people of an organization with a board each, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
MATCH (p:Person)-[w:WORKS_FOR]->(o) WHERE p.vis IN $vis AND w.vis IN $vis
OPTIONAL MATCH (p)-[d:DIRECTOR_OF]->(b:Organization) WHERE d.vis IN $vis
WITH p, b ORDER BY p.name, p.id, b.id
RETURN collect({id: p.id, board: b.id}) AS rows
