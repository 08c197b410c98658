// The limits with these ids, by id.
//
//   $ids LIST<STRING>   which limits
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['lim-7k2'], vis: [0, 1, 2]}
UNWIND $ids AS id
MATCH (n:IntroducerLimits {id: id}) WHERE n.vis IN $vis
WITH n ORDER BY n.id
RETURN collect({id: n.id, asksPerQuarter: n.asksPerQuarter, never: coalesce(n.never, [])}) AS rows
