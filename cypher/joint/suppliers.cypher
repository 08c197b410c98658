// The links by which any of these organizations is supplied on a day, by names of supplier and customer, then id.
//
//   $ids      LIST<STRING>   which organizations
//   $known    STRING         what we knew when, ISO moment in UTC
//   $day      STRING         the day at which a claim is judged to be current, 2026-11-23
//   $current  LIST<STRING>   which judgements stay: YES, NO, UNKNOWN
//   $disputes STRING         which claim counts where sources contradict each other: LATEST, STRICT, VERIFIED_FIRST
//   $limit    INTEGER        at most this many links an organization
//   $vis      LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['org-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: ['YES'], disputes: 'LATEST', limit: 2001, vis: [0, 1]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH known ORDER BY known.id
WITH collect(known.id) AS sources
UNWIND $ids AS id
MATCH (b:Organization {id: id}) WHERE b.vis IN $vis
WITH b, sources, COLLECT {
  MATCH (a)-[r:SUPPLIES]->(b) WHERE a.vis IN $vis AND r.vis IN $vis AND r.source IN sources
    AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
    AND CASE
      WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
        AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
      WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
      WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
      WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
      ELSE 'YES' END IN $current
    AND NOT EXISTS {
      MATCH (a)-[x:SUPPLIES]->(b) WHERE x.vis IN $vis AND x.source IN sources AND x.source <> r.source
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
      RETURN x
    }
  WITH a, r, b ORDER BY a.name, b.name, r.id LIMIT $limit
  OPTIONAL MATCH (c:Capability {id: r.capability}) WHERE c.vis IN $vis
  RETURN {claim: r.id, supplier: a.id, supplierName: a.name, customer: b.id, customerName: b.name, capability: c.id}
} AS links
RETURN collect({place: b.id, links: links}) AS rows
