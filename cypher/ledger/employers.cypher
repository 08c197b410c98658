// Whom these people work for or direct, on any day, as far as the latest claims say, in no order.
//
//   $ids   LIST<STRING>   which people
//   $known STRING         what we knew when, ISO moment in UTC
//   $vis   LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['per-7k2'], known: '2026-11-23T12:00:00.000000Z', vis: [0, 1]}
UNWIND $ids AS id
MATCH (p:Person {id: id}) WHERE p.vis IN $vis
MATCH (p)-[r:WORKS_FOR|DIRECTOR_OF]->(o:Organization) WHERE r.vis IN $vis AND o.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
  AND NOT EXISTS {
    MATCH (p)-[x:WORKS_FOR|DIRECTOR_OF]->(o) WHERE x.vis IN $vis AND x.source <> r.source
      AND type(x) = type(r)
      AND x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known)
      AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
      AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
      AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
        OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end)
        OR x.role <> r.role)
      AND (x.recordedAt > r.recordedAt OR (x.recordedAt = r.recordedAt AND x.id > r.id))
    MATCH (y:Source {id: x.source}) WHERE y.vis IN $vis
    RETURN y
  }
RETURN collect({person: p.id, organization: o.id, directs: type(r) = 'DIRECTOR_OF', earliest: r.earliest,
  latest: r.latest, observed: coalesce(r.observed, []), unseen: coalesce(r.unseen, [])}) AS rows
