// The people of an organization and whether they sit on a board, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
MATCH (p:Person)-[w:WORKS_FOR]->(o) WHERE p.vis IN $vis AND w.vis IN $vis
WITH p, w ORDER BY p.name, w.id
RETURN collect({id: p.id, director: EXISTS {
  MATCH (b:Organization) WHERE b.vis IN $vis
  MATCH (p)-[d:DIRECTOR_OF]->(b)
}}) AS rows
