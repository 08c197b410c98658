// The posts with these ids, in the order asked for.
//
//   $ids LIST<STRING>   which posts
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['pst-7k2'], vis: [0, 1]}
UNWIND $ids AS id
MATCH (n:Post {id: id}) WHERE n.vis IN $vis
RETURN collect(n {.id, .name}) AS rows
