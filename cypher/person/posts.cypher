// The posts each of these people holds or held, by start, then id.
//
//   $ids       LIST<STRING>   which people
//   $known     STRING         what we knew when, ISO moment in UTC
//   $day       STRING         the day at which a claim is judged to be current, 2026-11-23
//   $current   LIST<STRING>   which judgements stay: YES, NO, UNKNOWN
//   $afterKey  STRING | NULL  sort key of the row the page follows
//   $afterId   STRING | NULL  id of that row
//   $beforeKey STRING | NULL  sort key of the row the page precedes
//   $beforeId  STRING | NULL  id of that row
//   $backward  BOOLEAN        count from the end; rows then come last first
//   $limit     INTEGER        at most this many rows a parent
//   $total     BOOLEAN        count the whole list too
//   $vis       LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: ['YES', 'UNKNOWN'], afterKey: null, afterId: null, beforeKey: null, beforeId: null, backward: false, limit: 21, total: false, vis: [0, 1]}
UNWIND $ids AS parent
MATCH (p:Person {id: parent}) WHERE p.vis IN $vis
WITH p, COLLECT {
  MATCH (p)-[r:HOLDS]->(t:Post) WHERE r.vis IN $vis AND t.vis IN $vis
    AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
    AND CASE
      WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
        AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
      WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
      WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
      WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
      ELSE 'YES' END IN $current
  MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
  RETURN {r: r, t: t, s: s, key: coalesce(r.earliest, '')}
} AS whole
WITH p, CASE WHEN $total THEN size(whole) END AS total, COLLECT {
  UNWIND whole AS row
  WITH p, row.r AS r, row.t AS t, row.s AS s, row.key AS key
  WHERE ($afterKey IS NULL OR key > $afterKey OR (key = $afterKey AND r.id > $afterId))
    AND ($beforeKey IS NULL OR key < $beforeKey OR (key = $beforeKey AND r.id < $beforeId))
  WITH p, r, t, s, key
  ORDER BY CASE WHEN $backward THEN '' ELSE key END, CASE WHEN $backward THEN '' ELSE r.id END, key DESC, r.id DESC
  LIMIT $limit
  RETURN r {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis, .start, .end, .earliest, .latest,
    observed: coalesce(r.observed, []), unseen: coalesce(r.unseen, []),
    source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
    person: p {.id, .name, .country, label: 'Person',
      kinds: coalesce(p.kinds, []), otherNames: [i IN range(0, size(coalesce(p.otherNames, [])) - 1)
        WHERE p.otherNamesVis[i] IN $vis | p.otherNames[i]]},
    post: t {.id, .name},
    disputed: r.retractedAt IS NULL AND EXISTS {
      MATCH (p)-[x:HOLDS]->(t) WHERE t.vis IN $vis AND x.vis IN $vis AND x.source <> r.source
        AND x.retractedAt IS NULL
        AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
        AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
        AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
          OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end))
      MATCH (y:Source {id: x.source}) WHERE y.vis IN $vis
      RETURN y
    }}
} AS rows
RETURN collect({parent: p.id, total: total, rows: rows}) AS rows
