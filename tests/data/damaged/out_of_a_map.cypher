// The people who work for an organization, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
MATCH (p:Person)-[w:WORKS_FOR]->(o) WHERE p.vis IN $vis AND w.vis IN $vis
WITH collect({o: o, p: p, w: w}) AS all
UNWIND all AS one
WITH one.o AS o, one.p AS p, one.w AS w
MATCH (p)-[d:DIRECTOR_OF]->(o) WHERE p.vis IN $vis AND d.vis IN $vis
WITH p, w ORDER BY p.name, w.id
RETURN collect({id: p.id, name: p.name, claim: w.id}) AS rows
