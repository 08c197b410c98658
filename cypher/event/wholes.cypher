// The event each of these events is a part of, beside the id of the part.
//
//   $ids LIST<STRING>   which events
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['evt-7k2'], vis: [0, 1]}
UNWIND $ids AS parent
MATCH (e:Event {id: parent}) WHERE e.vis IN $vis
MATCH (e)-[r:PART_OF]->(n:Event) WHERE r.vis IN $vis AND n.vis IN $vis AND r.retractedAt IS NULL
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH DISTINCT e, n ORDER BY e.id, n.id
WITH e, n {.id, .name, .start, .end} AS event
RETURN collect({asked: e.id, event: event}) AS rows
