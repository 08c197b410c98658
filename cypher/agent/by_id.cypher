// The people and organizations with these ids, in the order asked for.
//
//   $ids LIST<STRING>   which agents
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], vis: [0, 1]}
UNWIND $ids AS id
MATCH (n:Agent {id: id}) WHERE n.vis IN $vis
RETURN collect(n {.id, .name, .country, label: CASE WHEN n:Person THEN 'Person' ELSE 'Organization' END,
  kinds: coalesce(n.kinds, []), otherNames: [i IN range(0, size(coalesce(n.otherNames, [])) - 1)
      WHERE n.otherNamesVis[i] IN $vis | n.otherNames[i]]}) AS rows
