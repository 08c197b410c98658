// The capabilities just below each of these, by name, beside the id asked for.
//
//   $ids LIST<STRING>   which capabilities
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['cap-7k2'], vis: [0, 1]}
UNWIND $ids AS parent
MATCH (n:Capability {id: parent}) WHERE n.vis IN $vis
MATCH (n)<-[r:BROADER]-(c:Capability) WHERE r.vis IN $vis AND c.vis IN $vis AND r.retractedAt IS NULL
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH DISTINCT n, c ORDER BY n.id, c.name, c.id
WITH n, c {.id, .name, altLabels: coalesce(c.altLabels, [])} AS capability
RETURN collect({asked: n.id, capability: capability}) AS rows
