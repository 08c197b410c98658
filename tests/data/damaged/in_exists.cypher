// The people of an organization who sit on a board somewhere, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
MATCH (p:Person)-[w:WORKS_FOR]->(o) WHERE p.vis IN $vis AND w.vis IN $vis
  AND EXISTS { MATCH (p)-[d:DIRECTOR_OF]->(b:Organization) WHERE d.vis IN $vis }
WITH p, w ORDER BY p.name, w.id
RETURN collect({id: p.id, name: p.name, claim: w.id}) AS rows
