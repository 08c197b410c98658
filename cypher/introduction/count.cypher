// How many introductions there are whose three people may be seen.
//
//   $statuses LIST<STRING> | NULL  only those that have come this far
//   $person   STRING | NULL        only those this person has a part in
//   $vis      LIST<INTEGER>        visibility classes the viewer may see
//
//   :param {statuses: ['DRAFT'], person: null, vis: [0, 1, 2]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH known ORDER BY known.id
WITH collect(known.id) AS sources
MATCH (n:Introduction) WHERE n.vis IN $vis AND ($statuses IS NULL OR n.status IN $statuses)
MATCH (s:Source {id: n.source}) WHERE s.vis IN $vis
MATCH (a:Person)-[x:REQUESTS]->(n) WHERE a.vis IN $vis AND x.vis IN $vis AND x.retractedAt IS NULL AND x.source IN sources
MATCH (b:Person)-[y:INTRODUCES]->(n) WHERE b.vis IN $vis AND y.vis IN $vis AND y.retractedAt IS NULL AND y.source IN sources
MATCH (c:Person)-[z:INTRODUCED_IN]->(n) WHERE c.vis IN $vis AND z.vis IN $vis AND z.retractedAt IS NULL AND z.source IN sources
WITH DISTINCT n, a, b, c
WHERE $person IS NULL OR $person IN [a.id, b.id, c.id]
WITH count(*) AS total
RETURN [{total: total}] AS rows
