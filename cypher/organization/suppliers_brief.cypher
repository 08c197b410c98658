// Who supplies each of these organizations, by name of the supplier, then id, without what their source says beside.
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
MATCH (b:Organization {id: parent}) WHERE b.vis IN $vis
MATCH (a:Organization)-[r:SUPPLIES]->(b) WHERE r.vis IN $vis AND a.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
WITH r.source AS source, collect([b, r, a]) AS said
MATCH (s:Source {id: source}) WHERE s.vis IN $vis
UNWIND said AS one
WITH one[0] AS b, one[1] AS r, one[2] AS a
WITH b, r, a, a.name AS name
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
WITH b, r, a, name, r.id AS id ORDER BY name, id
WITH b, r, a, CASE WHEN $more THEN a.country END AS country, CASE WHEN $more THEN coalesce(a.kinds, []) END AS kinds,
  CASE WHEN $more THEN [i IN range(0, size(coalesce(a.otherNames, [])) - 1)
    WHERE a.otherNamesVis[i] IN $vis | a.otherNames[i]] END AS otherNames
WITH b, r, a, CASE WHEN $more THEN [otherNames, kinds, country] END AS told
WITH b, collect(r) AS claims, collect(a) AS ends, collect(told) AS more
WITH b, CASE WHEN $backward THEN reverse(claims) ELSE claims END[..$limit] AS claims,
  CASE WHEN $backward THEN reverse(ends) ELSE ends END[..$limit] AS ends,
  CASE WHEN $backward THEN reverse(more) ELSE more END[..$limit] AS more, 'Organization' AS label,
  CASE WHEN $whose THEN b.country END AS country,
  CASE WHEN $whose THEN coalesce(b.kinds, []) ELSE [] END AS kinds,
  CASE WHEN NOT $whose OR b.otherNames IS NULL THEN [] ELSE [i IN range(0, size(b.otherNames) - 1)
    WHERE b.otherNamesVis[i] IN $vis | b.otherNames[i]] END AS otherNames
WITH b.id AS parent, CASE WHEN $whose THEN [b.id, b.name, label, otherNames, kinds, country] END AS whose, more,
  CASE WHEN $placed THEN [r IN claims | r.id] END AS ids,
  [a IN ends | a.id] AS ends, [a IN ends | a.name] AS names
RETURN collect([parent, whose, ids, ends, names, more]) AS rows
