// Who works for an organization or directs it, by id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
CALL {
  MATCH (p:Person)-[w:WORKS_FOR]->(o:Organization {id: $id}) WHERE p.vis IN $vis AND w.vis IN $vis AND o.vis IN $vis
  RETURN p.id AS id
  UNION
  MATCH (p:Person)-[w:DIRECTOR_OF]->(o:Organization {id: $id}) WHERE w.vis IN $vis AND o.vis IN $vis
  RETURN p.id AS id
}
WITH id ORDER BY id
RETURN collect({id: id}) AS rows
