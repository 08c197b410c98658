// Where each of these people works or is a director, by start, then id, without what their source says beside.
//
//   $ids       LIST<STRING>   which people
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
//   $placed    BOOLEAN        tell the id of each claim too, and the day it begins
//   $roles     BOOLEAN        tell the role of each
//   $more      BOOLEAN        tell more of everybody than who it is
//   $vis       LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: ['YES', 'UNKNOWN'], disputes: 'LATEST', afterKey: null, afterId: null, beforeKey: null, beforeId: null, backward: false, limit: 21, whose: true, placed: true, roles: true, more: true, vis: [0, 1]}
UNWIND $ids AS parent
MATCH (p:Person {id: parent}) WHERE p.vis IN $vis
MATCH (p)-[r:WORKS_FOR|DIRECTOR_OF]->(o:Organization) WHERE r.vis IN $vis AND o.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
WITH r.source AS source, collect([p, r, o]) AS said
MATCH (s:Source {id: source}) WHERE s.vis IN $vis
UNWIND said AS one
WITH one[0] AS p, one[2] AS o, collect(one[1]) AS claims
UNWIND CASE size(claims) WHEN 1 THEN claims ELSE [r IN claims WHERE none(x IN claims WHERE x.source <> r.source AND type(x) = type(r)
  AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
  AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
  AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
    OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end)
    OR x.role <> r.role)
  AND ($disputes = 'STRICT'
    OR ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NOT NULL AND r.verifiedAt IS NULL)
    OR (NOT ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NULL AND r.verifiedAt IS NOT NULL)
      AND (x.recordedAt > r.recordedAt OR (x.recordedAt = r.recordedAt AND x.id > r.id)))))] END AS r
WITH p, r, o, coalesce(r.earliest, '') AS key
WHERE CASE WHEN size($current) = 3 THEN $current[0]
    WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
    WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END IN $current
  AND CASE WHEN $afterKey IS NULL AND $beforeKey IS NULL THEN true
    ELSE ($afterKey IS NULL OR key > $afterKey OR (key = $afterKey AND r.id > $afterId))
    AND ($beforeKey IS NULL OR key < $beforeKey OR (key = $beforeKey AND r.id < $beforeId)) END
WITH p, r, o, key, r.id AS id ORDER BY key, id
WITH p, r, o, CASE WHEN $more THEN o.country END AS country, CASE WHEN $more THEN coalesce(o.kinds, []) END AS kinds,
  CASE WHEN $more THEN [i IN range(0, size(coalesce(o.otherNames, [])) - 1)
    WHERE o.otherNamesVis[i] IN $vis | o.otherNames[i]] END AS otherNames
WITH p, r, o, CASE WHEN $more THEN [otherNames, kinds, country] END AS told
WITH p, collect(r) AS claims, collect(o) AS ends, collect(told) AS more
WITH p, CASE WHEN $backward THEN reverse(claims) ELSE claims END[..$limit] AS claims,
  CASE WHEN $backward THEN reverse(ends) ELSE ends END[..$limit] AS ends,
  CASE WHEN $backward THEN reverse(more) ELSE more END[..$limit] AS more, 'Person' AS label,
  CASE WHEN $whose THEN p.country END AS country,
  CASE WHEN $whose THEN coalesce(p.kinds, []) ELSE [] END AS kinds,
  CASE WHEN NOT $whose OR p.otherNames IS NULL THEN [] ELSE [i IN range(0, size(p.otherNames) - 1)
    WHERE p.otherNamesVis[i] IN $vis | p.otherNames[i]] END AS otherNames
WITH p.id AS parent, CASE WHEN $whose THEN [p.id, p.name, label, otherNames, kinds, country] END AS whose, more,
  CASE WHEN $placed THEN [r IN claims | r.id] END AS ids,
  CASE WHEN $placed THEN [r IN claims | r.earliest] END AS starts,
  CASE WHEN $roles THEN [r IN claims | CASE WHEN r.role IS NULL AND type(r) = 'DIRECTOR_OF' THEN 'director' ELSE r.role END] END AS roles,
  [o IN ends | o.id] AS ends, [o IN ends | o.name] AS names
RETURN collect([parent, whose, ids, starts, roles, ends, names, more]) AS rows
