// The people of an organization with their boards, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
MATCH (p:Person)-[w:WORKS_FOR]->(o) WHERE p.vis IN $vis AND w.vis IN $vis
CALL {
  WITH p MATCH (p)-[d:DIRECTOR_OF]->(b:Organization) WHERE d.vis IN $vis AND b.vis IN $vis RETURN b.id AS board
  UNION
  MATCH (p:Person) RETURN p.id AS board
}
WITH p, w, board ORDER BY p.name, w.id
RETURN collect({id: p.id, board: board}) AS rows
