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
//   $placed    BOOLEAN        tell the id of each claim too
//   $more      BOOLEAN        tell more of everybody than who it is
//   $vis       LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['org-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: ['YES', 'UNKNOWN'], afterKey: null, afterId: null, beforeKey: null, beforeId: null, backward: false, limit: 21, whose: true, placed: true, more: true, vis: [0, 1]}
UNWIND $ids AS parent
MATCH (a:Organization {id: parent}) WHERE a.vis IN $vis
MATCH (a)-[r:SUPPLIES]->(b:Organization) WHERE r.vis IN $vis AND b.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
WITH r.source AS source, collect([a, r, b]) AS said
MATCH (s:Source {id: source}) WHERE s.vis IN $vis
UNWIND said AS one
WITH one[0] AS a, one[1] AS r, one[2] AS b
WITH a, r, b, b.name AS name
WHERE CASE WHEN size($current) = 3 THEN $current[0]
    WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
    WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END IN $current
  AND CASE WHEN $afterKey IS NULL AND $beforeKey IS NULL THEN true
    ELSE ($afterKey IS NULL OR name > $afterKey OR (name = $afterKey AND r.id > $afterId))
    AND ($beforeKey IS NULL OR name < $beforeKey OR (name = $beforeKey AND r.id < $beforeId)) END
WITH a, r, b, name, r.id AS id ORDER BY name, id
WITH a, r, b, CASE WHEN $more THEN b.country END AS country, CASE WHEN $more THEN coalesce(b.kinds, []) END AS kinds,
  CASE WHEN $more THEN [i IN range(0, size(coalesce(b.otherNames, [])) - 1)
    WHERE b.otherNamesVis[i] IN $vis | b.otherNames[i]] END AS otherNames
WITH a, r, b, CASE WHEN $more THEN [otherNames, kinds, country] END AS told
WITH a, collect(r) AS claims, collect(b) AS ends, collect(told) AS more
WITH a, CASE WHEN $backward THEN reverse(claims) ELSE claims END[..$limit] AS claims,
  CASE WHEN $backward THEN reverse(ends) ELSE ends END[..$limit] AS ends,
  CASE WHEN $backward THEN reverse(more) ELSE more END[..$limit] AS more, 'Organization' AS label,
  CASE WHEN $whose THEN a.country END AS country,
  CASE WHEN $whose THEN coalesce(a.kinds, []) ELSE [] END AS kinds,
  CASE WHEN NOT $whose OR a.otherNames IS NULL THEN [] ELSE [i IN range(0, size(a.otherNames) - 1)
    WHERE a.otherNamesVis[i] IN $vis | a.otherNames[i]] END AS otherNames
WITH a.id AS parent, CASE WHEN $whose THEN [a.id, a.name, label, otherNames, kinds, country] END AS whose, more,
  CASE WHEN $placed THEN [r IN claims | r.id] END AS ids,
  [b IN ends | b.id] AS ends, [b IN ends | b.name] AS names
RETURN collect([parent, whose, ids, ends, names, more]) AS rows
