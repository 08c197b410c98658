// The people who work for an organization, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (p:Person)-[w:WORKS_FOR]->(s:Organization) WHERE p.vis IN $vis AND w.vis IN $vis AND s.vis IN $vis
OPTIONAL MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
WITH p, w, o
MATCH (p)-[d:DIRECTOR_OF]->(o) WHERE d.vis IN $vis
WITH p, w ORDER BY p.name, w.id
RETURN collect({id: p.id, name: p.name, claim: w.id}) AS rows
