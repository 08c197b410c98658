// What each of these organizations can do, by name of the capability, then id, without what their source says beside.
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
MATCH (o:Organization {id: parent}) WHERE o.vis IN $vis
MATCH (o)-[r:HAS_CAPABILITY]->(c:Capability) WHERE r.vis IN $vis AND c.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH o, r, c, c.name AS key
WHERE (size($current) = 3 OR CASE
    WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
    WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END IN $current)
  AND ($afterKey IS NULL OR key > $afterKey OR (key = $afterKey AND r.id > $afterId))
  AND ($beforeKey IS NULL OR key < $beforeKey OR (key = $beforeKey AND r.id < $beforeId))
WITH o, r, c, key
ORDER BY CASE WHEN $backward THEN '' ELSE key END, CASE WHEN $backward THEN '' ELSE r.id END, key DESC, r.id DESC
WITH o, collect(r {.id, .earliest,
    .level, verified: coalesce(r.verified, false),
    capability: c {.id, .name, altLabels: coalesce(c.altLabels, [])}}) AS listed
WITH o, listed[..$limit] AS rows, CASE WHEN $whose THEN o {.id, .name, .country, label: 'Organization', kinds: coalesce(o.kinds, []),
      otherNames: CASE WHEN o.otherNames IS NULL THEN [] ELSE [i IN range(0, size(o.otherNames) - 1)
        WHERE o.otherNamesVis[i] IN $vis | o.otherNames[i]] END} END AS whose
RETURN collect({parent: o.id, whose: whose, rows: rows}) AS rows
