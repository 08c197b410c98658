// Who says to be able to do a thing or a narrower one, by name, then id, then claim, with the certificates asked about.
//
//   $capability    STRING               what they should be able to do
//   $certification LIST<STRING> | NULL  the certificate asked about: its id, or its name in folded letters
//   $country       STRING | NULL        the country they should be in
//   $everyone      BOOLEAN              those too whose claim does not count, who lack the certificate or are elsewhere
//   $known         STRING               what we knew when, ISO moment in UTC
//   $day           STRING               the day at which a claim is judged to be current, 2026-11-23
//   $current       STRING               the judgement that counts: YES
//   $vis           LIST<INTEGER>        visibility classes the viewer may see
//
//   :param {capability: 'cap-7k2', certification: ['as 9100'], country: 'GB', everyone: false, known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: 'YES', vis: [0, 1]}
MATCH (seen:Source) WHERE seen.vis IN $vis
WITH seen ORDER BY seen.id
WITH collect(seen.id) AS sources
MATCH (top:Capability {id: $capability}) WHERE top.vis IN $vis
MATCH path = (below:Capability)-[steps:BROADER*0..8]->(top)
WHERE all(x IN nodes(path) WHERE x.vis IN $vis) AND all(x IN relationships(path) WHERE x.vis IN $vis)
  AND all(x IN relationships(path) WHERE x.source IN sources)
  AND all(x IN relationships(path) WHERE x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known))
  AND below.vis IN $vis
WITH DISTINCT sources, below
MATCH (o:Organization)-[r:HAS_CAPABILITY]->(below) WHERE r.vis IN $vis AND o.vis IN $vis AND r.source IN sources
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
WITH sources, o, r, below, CASE
    WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
    WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END AS current,
  EXISTS {
    MATCH (o)-[x:HAS_CAPABILITY]->(below) WHERE x.vis IN $vis
      AND x.source <> r.source AND x.source IN sources
      AND x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known)
      AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
      AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
      AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
        OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end)
        OR x.level <> r.level)
      AND (x.recordedAt > r.recordedAt OR (x.recordedAt = r.recordedAt AND x.id > r.id))
    RETURN x
  } AS outdated
WHERE $everyone OR (current = $current AND NOT outdated AND ($country IS NULL OR toUpper(o.country) = toUpper($country)))
WITH sources, o, r, below, current, outdated, COLLECT {
  MATCH (o)-[h:HOLDS_CERTIFICATION]->(z:Certification) WHERE h.vis IN $vis AND z.vis IN $vis
    AND h.source IN sources AND any(x IN [z.id] + split(coalesce(z.search, ''), '\n') WHERE x IN $certification)
    AND h.recordedAt <= $known AND (h.retractedAt IS NULL OR h.retractedAt > $known)
    AND NOT EXISTS {
      MATCH (o)-[x:HOLDS_CERTIFICATION]->(z) WHERE x.vis IN $vis
        AND x.source <> h.source AND x.source IN sources
        AND x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known)
        AND coalesce(x.earliest, '0000') <= coalesce(h.latest, '9999-12-31')
        AND coalesce(h.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
        AND (NOT (x.start STARTS WITH h.start OR h.start STARTS WITH x.start)
          OR NOT (x.end STARTS WITH h.end OR h.end STARTS WITH x.end))
        AND (x.recordedAt > h.recordedAt OR (x.recordedAt = h.recordedAt AND x.id > h.id))
      RETURN x
    }
  RETURN {current: CASE
    WHEN any(d IN coalesce(h.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(h.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(h.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(h.earliest, $day) > $day OR coalesce(h.latest, $day) < $day THEN 'NO'
    WHEN h.earliest IS NULL OR h.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END, earliest: h.earliest, latest: h.latest}
} AS held
WHERE $everyone OR $certification IS NULL OR any(one IN held WHERE one.current = $current)
WITH o, r, below, current, outdated, held ORDER BY o.name, o.id, r.id
WITH r, below, current, outdated, held, o {.id, .name, .country, label: 'Organization',
  kinds: coalesce(o.kinds, []), otherNames: [i IN range(0, size(coalesce(o.otherNames, [])) - 1)
    WHERE o.otherNamesVis[i] IN $vis | o.otherNames[i]]} AS organization
RETURN collect({claim: r.id, verified: coalesce(r.verified, false), capability: below.id, title: below.name,
  current: current, outdated: outdated, earliest: r.earliest, latest: r.latest, certificates: held,
  organization: organization}) AS rows
