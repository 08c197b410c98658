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
//   $placed    BOOLEAN        tell the id of each claim too
//   $ends      BOOLEAN        tell the id of each capability
//   $more      BOOLEAN        tell how well each is done and what else it is called
//   $vis       LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['org-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: ['YES', 'UNKNOWN'], afterKey: null, afterId: null, beforeKey: null, beforeId: null, backward: false, limit: 21, whose: true, placed: true, ends: true, more: true, vis: [0, 1]}
UNWIND $ids AS parent
MATCH (o:Organization {id: parent}) WHERE o.vis IN $vis
MATCH (o)-[r:HAS_CAPABILITY]->(c:Capability) WHERE r.vis IN $vis AND c.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
WITH r.source AS source, collect([o, r, c]) AS said
MATCH (s:Source {id: source}) WHERE s.vis IN $vis
UNWIND said AS one
WITH one[0] AS o, one[1] AS r, one[2] AS c
WITH o, r, c, c.name AS name
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
WITH o, r, c, name, r.id AS id ORDER BY name, id
WITH o, collect(name) AS names, collect(CASE WHEN $placed THEN id END) AS ids, collect(CASE WHEN $ends THEN c.id END) AS ends,
  collect(CASE WHEN $more THEN [r.level, r.verified, c.altLabels] END) AS more
WITH o, CASE WHEN $backward THEN reverse(names) ELSE names END[..$limit] AS names,
  CASE WHEN $backward THEN reverse(ids) ELSE ids END[..$limit] AS ids,
  CASE WHEN $backward THEN reverse(ends) ELSE ends END[..$limit] AS ends,
  CASE WHEN $backward THEN reverse(more) ELSE more END[..$limit] AS more, 'Organization' AS label,
  CASE WHEN $whose THEN o.country END AS country,
  CASE WHEN $whose THEN coalesce(o.kinds, []) ELSE [] END AS kinds,
  CASE WHEN NOT $whose OR o.otherNames IS NULL THEN [] ELSE [i IN range(0, size(o.otherNames) - 1)
    WHERE o.otherNamesVis[i] IN $vis | o.otherNames[i]] END AS otherNames
WITH o.id AS parent, CASE WHEN $whose THEN [o.id, o.name, label, otherNames, kinds, country] END AS whose, ids, ends, names, more
RETURN collect([parent, whose, ids, ends, names, more]) AS rows
