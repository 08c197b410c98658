// The evidence of units that begins at some agents and was taken back, with what it followed from, by id.
//
//   $ids    LIST<STRING>   which agents
//   $units  LIST<STRING>   which units
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-1'], units: ['meeting:1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (a:Agent {id: id}) WHERE a.vis IN $vis
MATCH (a)-[k:KNOWS]->(b:Agent)
WHERE k.vis IN $vis AND b.vis IN $vis AND k.unit IN $units AND k.retractedAt IS NOT NULL
WITH a, k, b ORDER BY k.id
RETURN collect({id: k.id, a: a.id, b: b.id, vis: k.vis, about: k.about}) AS rows
