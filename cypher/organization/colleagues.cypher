// Which of these people work or worked for an organization or are or were its directors, by id.
//
//   $id     STRING         the organization
//   $people LIST<STRING>   who may have
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', people: ['per-7k2'], vis: [0, 1]}
UNWIND $people AS one
MATCH (p:Person {id: one}) WHERE p.vis IN $vis
MATCH (p)-[r:WORKS_FOR|DIRECTOR_OF]->(o:Organization {id: $id}) WHERE o.vis IN $vis AND r.vis IN $vis
  AND r.retractedAt IS NULL
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH DISTINCT p ORDER BY p.id
RETURN collect({id: p.id}) AS rows
