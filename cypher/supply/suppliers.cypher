// Who supplies any of these organizations on a day, by names of supplier and customer, then id.
//
//   $ids          LIST<STRING>         which organizations
//   $known        STRING               what we knew when, ISO moment in UTC
//   $day          STRING               the day at which a claim is judged to be current, 2026-11-23
//   $current      LIST<STRING>         which judgements stay: YES, NO, UNKNOWN
//   $disputes     STRING               which claim counts where sources contradict each other: LATEST, STRICT, VERIFIED_FIRST
//   $capabilities LIST<STRING> | NULL  only hops that supply one of these
//   $limit        INTEGER              at most this many rows
//   $vis          LIST<INTEGER>        visibility classes the viewer may see
//
//   :param {ids: ['org-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: ['YES', 'UNKNOWN'], disputes: 'LATEST', capabilities: null, limit: 21, vis: [0, 1]}
UNWIND $ids AS id
MATCH (b:Organization {id: id}) WHERE b.vis IN $vis
MATCH (a:Organization)-[r:SUPPLIES]->(b) WHERE r.vis IN $vis AND a.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
  AND ($capabilities IS NULL OR r.capability IN $capabilities)
  AND CASE
    WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
    WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END IN $current
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
  AND NOT EXISTS {
    MATCH (a)-[x:SUPPLIES]->(b) WHERE x.vis IN $vis AND x.source <> r.source
      AND coalesce(x.capability, '') = coalesce(r.capability, '')
      AND x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known)
      AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
      AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
      AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
        OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end))
      AND ($disputes = 'STRICT'
        OR ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NOT NULL AND r.verifiedAt IS NULL)
        OR (NOT ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NULL AND r.verifiedAt IS NOT NULL)
          AND (x.recordedAt > r.recordedAt OR (x.recordedAt = r.recordedAt AND x.id > r.id))))
    MATCH (y:Source {id: x.source}) WHERE y.vis IN $vis
    RETURN y
  }
WITH a, r, b, s ORDER BY a.name, b.name, r.id LIMIT $limit
OPTIONAL MATCH (c:Capability {id: r.capability}) WHERE c.vis IN $vis
RETURN collect(r {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis, .start, .end, .earliest, .latest,
  observed: coalesce(r.observed, []), unseen: coalesce(r.unseen, []),
  source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
  supplier: a {.id, .name, .country, label: 'Organization',
    kinds: coalesce(a.kinds, []), otherNames: [i IN range(0, size(coalesce(a.otherNames, [])) - 1)
      WHERE a.otherNamesVis[i] IN $vis | a.otherNames[i]]},
  customer: b {.id, .name, .country, label: 'Organization',
    kinds: coalesce(b.kinds, []), otherNames: [i IN range(0, size(coalesce(b.otherNames, [])) - 1)
      WHERE b.otherNamesVis[i] IN $vis | b.otherNames[i]]},
  capability: CASE WHEN c IS NULL THEN null ELSE c {.id, .name, altLabels: coalesce(c.altLabels, [])} END,
  disputed: r.retractedAt IS NULL AND EXISTS {
    MATCH (a)-[x:SUPPLIES]->(b) WHERE x.vis IN $vis AND x.source <> r.source
      AND coalesce(x.capability, '') = coalesce(r.capability, '')
      AND x.retractedAt IS NULL
      AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
      AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
      AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
        OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end))
    MATCH (y:Source {id: x.source}) WHERE y.vis IN $vis
    RETURN y
  }}) AS rows
