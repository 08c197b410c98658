// The events with these ids, in the order asked for.
//
//   $ids LIST<STRING>   which events
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['evt-7k2'], vis: [0, 1]}
UNWIND $ids AS id
MATCH (n:Event {id: id}) WHERE n.vis IN $vis
RETURN collect(n {.id, .name, .start, .end}) AS rows
