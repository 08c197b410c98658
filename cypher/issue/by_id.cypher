// The issues with these ids, in the order asked for.
//
//   $ids LIST<STRING>   which issues
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['iss-7k2'], vis: [0, 1]}
UNWIND $ids AS id
MATCH (n:Issue {id: id}) WHERE n.vis IN $vis
RETURN collect(n {.id, .name}) AS rows
