// The capabilities with these ids, in the order asked for.
//
//   $ids LIST<STRING>   which capabilities
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['cap-7k2'], vis: [0, 1]}
UNWIND $ids AS id
MATCH (n:Capability {id: id}) WHERE n.vis IN $vis
RETURN collect(n {.id, .name, altLabels: coalesce(n.altLabels, [])}) AS rows
