// The organizations in which each of these people holds a post on a day, by person, then id, as far as the latest claims say.
//
//   $ids     LIST<STRING>   which people
//   $known   STRING         what we knew when, ISO moment in UTC
//   $day     STRING         the day at which a claim is judged to be current, 2026-11-23
//   $current STRING         the judgement that counts: YES
//   $vis     LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: 'YES', vis: [0, 1]}
UNWIND $ids AS id
MATCH (p:Person {id: id}) WHERE p.vis IN $vis
MATCH (p)-[r:HOLDS]->(t:Post) WHERE r.vis IN $vis AND t.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
  AND CASE
    WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
    WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END = $current
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
  AND NOT EXISTS {
    MATCH (p)-[x:HOLDS]->(t) WHERE x.vis IN $vis AND x.source <> r.source
      AND x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known)
      AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
      AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
      AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
        OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end))
      AND (x.recordedAt > r.recordedAt OR (x.recordedAt = r.recordedAt AND x.id > r.id))
    MATCH (y:Source {id: x.source}) WHERE y.vis IN $vis
    RETURN y
  }
MATCH (t)-[i:POST_IN]->(o:Organization) WHERE i.vis IN $vis AND o.vis IN $vis
  AND i.recordedAt <= $known AND (i.retractedAt IS NULL OR i.retractedAt > $known)
  AND coalesce(i.earliest, $day) <= $day AND coalesce(i.latest, $day) >= $day
MATCH (z:Source {id: i.source}) WHERE z.vis IN $vis
WITH DISTINCT p, o ORDER BY p.id, o.id
RETURN collect({person: p.id, place: o.id}) AS rows
