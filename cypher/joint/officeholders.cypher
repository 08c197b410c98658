// Who holds a post in each of these organizations on a day, by id.
//
//   $ids      LIST<STRING>   which organizations
//   $known    STRING         what we knew when, ISO moment in UTC
//   $day      STRING         the day at which a claim is judged to be current, 2026-11-23
//   $current  STRING         the judgement that counts: YES
//   $disputes STRING         which claim counts where sources contradict each other: LATEST, STRICT, VERIFIED_FIRST
//   $vis      LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['org-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: 'YES', disputes: 'LATEST', vis: [0, 1]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH known ORDER BY known.id
WITH collect(known.id) AS sources
UNWIND $ids AS id
MATCH (o:Organization {id: id}) WHERE o.vis IN $vis
MATCH (t:Post)-[i:POST_IN]->(o) WHERE t.vis IN $vis AND i.vis IN $vis AND i.source IN sources
  AND i.recordedAt <= $known AND (i.retractedAt IS NULL OR i.retractedAt > $known)
  AND coalesce(i.earliest, $day) <= $day AND coalesce(i.latest, $day) >= $day
WITH DISTINCT o, t, sources
MATCH (p:Person)-[r:HOLDS]->(t) WHERE r.vis IN $vis AND p.vis IN $vis AND r.source IN sources
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
// Only where two sources speak can one contradict the other; of nearly everybody one does.
WITH o, t, p, count(DISTINCT r.source) AS told, collect(CASE
      WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
        AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
      WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
      WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
      WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
      ELSE 'YES' END) AS judged
WHERE $current IN judged AND (told = 1 OR EXISTS {
    MATCH (p)-[j:HOLDS]->(t) WHERE j.vis IN $vis
      AND j.recordedAt <= $known AND (j.retractedAt IS NULL OR j.retractedAt > $known)
      AND CASE
        WHEN any(d IN coalesce(j.unseen, []) WHERE d <= $day
          AND none(w IN coalesce(j.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
        WHEN any(d IN coalesce(j.observed, []) WHERE d <= $day) THEN 'YES'
        WHEN coalesce(j.earliest, $day) > $day OR coalesce(j.latest, $day) < $day THEN 'NO'
        WHEN j.earliest IS NULL OR j.latest IS NULL THEN 'UNKNOWN'
        ELSE 'YES' END = $current
    MATCH (s:Source {id: j.source}) WHERE s.vis IN $vis
      AND NOT EXISTS {
        MATCH (p)-[x:HOLDS]->(t) WHERE x.vis IN $vis AND x.source <> j.source
          AND x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known)
          AND coalesce(x.earliest, '0000') <= coalesce(j.latest, '9999-12-31')
          AND coalesce(j.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
          AND (NOT (x.start STARTS WITH j.start OR j.start STARTS WITH x.start)
            OR NOT (x.end STARTS WITH j.end OR j.end STARTS WITH x.end))
          AND ($disputes = 'STRICT'
            OR ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NOT NULL AND j.verifiedAt IS NULL)
            OR (NOT ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NULL AND j.verifiedAt IS NOT NULL)
              AND (x.recordedAt > j.recordedAt OR (x.recordedAt = j.recordedAt AND x.id > j.id))))
        MATCH (y:Source {id: x.source}) WHERE y.vis IN $vis
        RETURN y
      }
    RETURN j
  })
WITH DISTINCT o, p ORDER BY o.id, p.id
WITH o, collect(p.id) AS people
RETURN collect({place: o.id, people: people}) AS rows
