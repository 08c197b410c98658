// The evidence that some revisions were the last to write, take back or move, as columns in no order.
//
// An empty text stands for what is absent. Of the few that take the place of others, the last two columns hold the id and
// the ids of those.
//
//   $revisions  LIST<INTEGER>  which revisions
//   $first      INTEGER        the first of them
//   $last       INTEGER        the last of them
//   $vis        LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {revisions: [15, 16], first: 15, last: 16, vis: [0, 1, 2, 3]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index. It finds a list
// of revisions by the index, Neo4j a stretch of them: it reads everything where a list looks like much of what there is.
MATCH (a)-[k:KNOWS]->(b)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis AND k.revision IN $revisions
  AND k.revision >= $first AND k.revision <= $last
WITH collect(k.id) AS ids, collect(a.id) AS starts, collect(b.id) AS ends, collect(k.kind) AS kinds,
  collect(coalesce(k.since, '')) AS since, collect(k.on) AS days, collect(k.confidence) AS confidences,
  collect(k.intensity) AS intensities, collect(k.vis) AS classes, collect(k.recordedAt) AS recorded,
  collect(coalesce(k.retractedAt, '')) AS retracted, collect(k.source) AS sources,
  collect(CASE WHEN k.instead IS NULL THEN null ELSE k.id END) AS versions, collect(k.instead) AS instead
RETURN [{ids: ids, starts: starts, ends: ends, kinds: kinds, since: since, days: days, confidences: confidences,
  intensities: intensities, classes: classes, recorded: recorded, retracted: retracted, sources: sources, versions: versions,
  instead: instead}] AS rows
