// The introductions that a meeting completed, by id.
//
//   $meeting STRING         which meeting
//   $vis     LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {meeting: 'mtg-7k2', vis: [0, 1, 2, 3]}
MATCH (n:Introduction) WHERE n.vis IN $vis AND n.meeting = $meeting
WITH n ORDER BY n.id
RETURN collect({id: n.id}) AS rows
