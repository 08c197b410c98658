// The evidence that some revisions wrote, took back or moved, as columns by id; an empty text stands for what is absent.
//
//   $since  INTEGER        behind this revision
//   $until  INTEGER        up to this one
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {since: 0, until: 16, vis: [0, 1, 2, 3]}
MATCH (a:Agent)-[k:KNOWS]->(b:Agent)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis AND k.revision > $since AND k.revision <= $until
WITH a, k, b ORDER BY k.id
WITH collect(k.id) AS ids, collect(a.id) AS starts, collect(b.id) AS ends, collect(k.kind) AS kinds,
  collect(coalesce(k.since, '')) AS since, collect(k.on) AS days, collect(k.confidence) AS confidences,
  collect(k.intensity) AS intensities, collect(k.vis) AS classes, collect(k.recordedAt) AS recorded,
  collect(coalesce(k.retractedAt, '')) AS retracted, collect(k.source) AS sources
RETURN [{ids: ids, starts: starts, ends: ends, kinds: kinds, since: since, days: days, confidences: confidences,
  intensities: intensities, classes: classes, recorded: recorded, retracted: retracted, sources: sources}] AS rows
