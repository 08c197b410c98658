// The people and organizations with these ids, in the order asked for.
//
//   $ids LIST<STRING>   which agents
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], vis: [0, 1]}
UNWIND $ids AS id
MATCH (n:Agent {id: id}) WHERE n.vis IN $vis
WITH n, CASE WHEN n:Person THEN 'Person' ELSE 'Organization' END AS label, coalesce(n.kinds, []) AS kinds,
  CASE WHEN n.otherNames IS NULL THEN []
    ELSE [i IN range(0, size(n.otherNames) - 1) WHERE n.otherNamesVis[i] IN $vis | n.otherNames[i]] END AS otherNames
RETURN collect([n.id, n.name, label, otherNames, kinds, n.country]) AS rows
