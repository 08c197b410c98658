// Which organizations where one of these people is or was can do one of these things on a day, by id.
//
//   $people       LIST<STRING>   whose places
//   $capabilities LIST<STRING>   what is to be done
//   $known        STRING         what we knew when, ISO moment in UTC
//   $day          STRING         the day at which a claim is judged to be current, 2026-11-23
//   $current      STRING         the judgement that counts: YES
//   $disputes     STRING         which claim counts where sources contradict each other: LATEST, STRICT, VERIFIED_FIRST
//   $vis          LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {people: ['per-7k2'], capabilities: ['cap-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: 'YES', disputes: 'LATEST', vis: [0, 1]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH known ORDER BY known.id
WITH collect(known.id) AS sources
UNWIND $people AS id
MATCH (p:Person {id: id}) WHERE p.vis IN $vis
MATCH path = (p)-[steps:WORKS_FOR|DIRECTOR_OF|HOLDS|POST_IN*1..2]->(o:Organization)
WHERE all(x IN nodes(path) WHERE x.vis IN $vis) AND all(x IN relationships(path) WHERE x.vis IN $vis)
  AND all(x IN relationships(path) WHERE x.source IN sources) AND o.vis IN $vis
WITH DISTINCT o, sources
MATCH (o)-[r:HAS_CAPABILITY]->(c:Capability) WHERE r.vis IN $vis AND c.vis IN $vis AND r.source IN sources
  AND c.id IN $capabilities
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
  AND CASE
    WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
    WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END = $current
  AND NOT EXISTS {
    MATCH (o)-[x:HAS_CAPABILITY]->(c) WHERE x.vis IN $vis AND x.source IN sources AND x.source <> r.source
      AND x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known)
      AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
      AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
      AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
        OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end)
        OR x.level <> r.level)
      AND ($disputes = 'STRICT'
        OR ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NOT NULL AND r.verifiedAt IS NULL)
        OR (NOT ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NULL AND r.verifiedAt IS NOT NULL)
          AND (x.recordedAt > r.recordedAt OR (x.recordedAt = r.recordedAt AND x.id > r.id))))
    RETURN x
  }
WITH DISTINCT o, c ORDER BY o.id, c.id
RETURN collect({organization: o.id, capability: c.id}) AS rows
