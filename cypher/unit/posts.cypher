// The posts that a unit holds together with one of these, by id: those of one department.
//
//   $ids   LIST<STRING>   which posts
//   $unit  STRING         which unit
//   $vis   LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['pst-1'], unit: 'department:1', vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (p:Post {id: id}) WHERE p.vis IN $vis
MATCH (p)-[x:POST_IN]->(o:Organization) WHERE x.vis IN $vis AND o.vis IN $vis AND x.unit = $unit
MATCH (q:Post)-[y:POST_IN]->(o) WHERE q.vis IN $vis AND y.vis IN $vis AND y.unit = $unit
WITH DISTINCT q ORDER BY q.id
RETURN collect({id: q.id}) AS rows
