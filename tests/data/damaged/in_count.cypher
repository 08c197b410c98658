// The people of an organization with the number of their boards, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
MATCH (p:Person)-[w:WORKS_FOR]->(o) WHERE p.vis IN $vis AND w.vis IN $vis
WITH p, w, COUNT { (p)-[d:DIRECTOR_OF]->(b:Organization) WHERE b.vis IN $vis } AS boards ORDER BY p.name, w.id
RETURN collect({id: p.id, name: p.name, boards: boards}) AS rows
