// Who supplies an organization over up to three steps, by name, then id.
//
//   $id   STRING         whose people
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'org-7k2', vis: [0, 1]}
MATCH (o:Organization {id: $id}) WHERE o.vis IN $vis
MATCH way = (a:Organization)-[s:SUPPLIES*1..3]->(o) WHERE a.vis IN $vis
  AND any(x IN s WHERE x.vis IN $vis) AND all(x IN nodes(way) WHERE x.vis IN $vis)
WITH DISTINCT a ORDER BY a.name, a.id
RETURN collect({id: a.id, name: a.name}) AS rows
