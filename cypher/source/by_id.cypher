// The sources with these ids, in the order asked for.
//
//   $ids LIST<STRING>   which sources
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['src-7k2'], vis: [0, 1]}
UNWIND $ids AS id
MATCH (n:Source {id: id}) WHERE n.vis IN $vis
RETURN collect(n {.id, .title, .publisher, .url, .licence, .retrievedAt}) AS rows
