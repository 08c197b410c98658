// The people of an organization and its sources, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
MATCH (p:Person)-[w:WORKS_FOR]->(o), (s:Source {id: w.source}) WHERE p.vis IN $vis AND w.vis IN $vis
WITH p, s ORDER BY p.name, p.id, s.id
RETURN collect({id: p.id, source: s.id}) AS rows
