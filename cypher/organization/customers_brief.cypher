// Whom each of these organizations supplies, by name of the customer, then id, without what their source says beside.
//
//   $ids       LIST<STRING>   which organizations
//   $known     STRING         what we knew when, ISO moment in UTC
//   $day       STRING         the day at which a claim is judged to be current, 2026-11-23
//   $current   LIST<STRING>   which judgements stay: YES, NO, UNKNOWN
//   $afterKey  STRING | NULL  sort key of the row the page follows
//   $afterId   STRING | NULL  id of that row
//   $beforeKey STRING | NULL  sort key of the row the page precedes
//   $beforeId  STRING | NULL  id of that row
//   $backward  BOOLEAN        count from the end; rows then come last first
//   $limit     INTEGER        at most this many rows a parent
//   $whose     BOOLEAN        tell of the parent itself too
//   $vis       LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['org-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: ['YES', 'UNKNOWN'], afterKey: null, afterId: null, beforeKey: null, beforeId: null, backward: false, limit: 21, whose: true, vis: [0, 1]}
UNWIND $ids AS parent
MATCH (a:Organization {id: parent}) WHERE a.vis IN $vis
MATCH (a)-[r:SUPPLIES]->(b:Organization) WHERE r.vis IN $vis AND b.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH a, r, b, b.name AS key
WHERE (size($current) = 3 OR CASE
    WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
    WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END IN $current)
  AND ($afterKey IS NULL OR key > $afterKey OR (key = $afterKey AND r.id > $afterId))
  AND ($beforeKey IS NULL OR key < $beforeKey OR (key = $beforeKey AND r.id < $beforeId))
WITH a, r, b, key
ORDER BY CASE WHEN $backward THEN '' ELSE key END, CASE WHEN $backward THEN '' ELSE r.id END, key DESC, r.id DESC
WITH a, collect(r {.id, .earliest,
    customer: b {.id, .name, .country, label: 'Organization', kinds: coalesce(b.kinds, []),
      otherNames: CASE WHEN b.otherNames IS NULL THEN [] ELSE [i IN range(0, size(b.otherNames) - 1)
        WHERE b.otherNamesVis[i] IN $vis | b.otherNames[i]] END}}) AS listed
WITH a, listed[..$limit] AS rows, CASE WHEN $whose THEN a {.id, .name, .country, label: 'Organization', kinds: coalesce(a.kinds, []),
      otherNames: CASE WHEN a.otherNames IS NULL THEN [] ELSE [i IN range(0, size(a.otherNames) - 1)
        WHERE a.otherNamesVis[i] IN $vis | a.otherNames[i]] END} END AS whose
RETURN collect({parent: a.id, whose: whose, rows: rows}) AS rows
