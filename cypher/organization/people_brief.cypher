// The people who work for each of these organizations or direct it, by name, then id, without what their source says beside.
//
//   $ids       LIST<STRING>   which organizations
//   $known     STRING         what we knew when, ISO moment in UTC
//   $day       STRING         the day at which a claim is judged to be current, 2026-11-23
//   $current   LIST<STRING>   which judgements stay: YES, NO, UNKNOWN
//   $disputes  STRING         which claim counts where sources contradict each other: LATEST, STRICT, VERIFIED_FIRST
//   $afterKey  STRING | NULL  sort key of the row the page follows
//   $afterId   STRING | NULL  id of that row
//   $beforeKey STRING | NULL  sort key of the row the page precedes
//   $beforeId  STRING | NULL  id of that row
//   $backward  BOOLEAN        count from the end; rows then come last first
//   $limit     INTEGER        at most this many rows a parent
//   $whose     BOOLEAN        tell of the parent itself too
//   $vis       LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['org-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: ['YES', 'UNKNOWN'], disputes: 'LATEST', afterKey: null, afterId: null, beforeKey: null, beforeId: null, backward: false, limit: 21, whose: true, vis: [0, 1]}
UNWIND $ids AS parent
MATCH (o:Organization {id: parent}) WHERE o.vis IN $vis
MATCH (p:Person)-[r:WORKS_FOR|DIRECTOR_OF]->(o) WHERE r.vis IN $vis AND p.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH o, p, collect(r) AS claims
UNWIND [r IN claims WHERE size(claims) = 1 OR none(x IN claims WHERE x.source <> r.source AND type(x) = type(r)
  AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
  AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
  AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
    OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end)
    OR x.role <> r.role)
  AND ($disputes = 'STRICT'
    OR ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NOT NULL AND r.verifiedAt IS NULL)
    OR (NOT ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NULL AND r.verifiedAt IS NOT NULL)
      AND (x.recordedAt > r.recordedAt OR (x.recordedAt = r.recordedAt AND x.id > r.id)))))] AS r
WITH o, r, p, p.name AS key
WHERE (size($current) = 3 OR CASE
    WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
    WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END IN $current)
  AND ($afterKey IS NULL OR key > $afterKey OR (key = $afterKey AND r.id > $afterId))
  AND ($beforeKey IS NULL OR key < $beforeKey OR (key = $beforeKey AND r.id < $beforeId))
WITH o, r, p, key
ORDER BY CASE WHEN $backward THEN '' ELSE key END, CASE WHEN $backward THEN '' ELSE r.id END, key DESC, r.id DESC
WITH o, collect(r {.id, .earliest,
    role: CASE WHEN r.role IS NULL AND type(r) = 'DIRECTOR_OF' THEN 'director' ELSE r.role END,
    person: p {.id, .name, .country, label: 'Person', kinds: coalesce(p.kinds, []),
      otherNames: CASE WHEN p.otherNames IS NULL THEN [] ELSE [i IN range(0, size(p.otherNames) - 1)
        WHERE p.otherNamesVis[i] IN $vis | p.otherNames[i]] END}}) AS listed
WITH o, listed[..$limit] AS rows, CASE WHEN $whose THEN o {.id, .name, .country, label: 'Organization', kinds: coalesce(o.kinds, []),
      otherNames: CASE WHEN o.otherNames IS NULL THEN [] ELSE [i IN range(0, size(o.otherNames) - 1)
        WHERE o.otherNamesVis[i] IN $vis | o.otherNames[i]] END} END AS whose
RETURN collect({parent: o.id, whose: whose, rows: rows}) AS rows
