// The people and organizations with these ids, with all their properties, by id.
//
//   $ids  LIST<STRING>   which agents
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-1'], vis: [0, 1, 2, 3]}
UNWIND $ids AS id
MATCH (a:Agent {id: id}) WHERE a.vis IN $vis
WITH a, CASE WHEN a:Person THEN 'Person' ELSE 'Organization' END AS label ORDER BY a.id
RETURN collect({label: label, id: a.id, properties: properties(a)}) AS rows
