// Who can do each of these things, by name of the organization, then id.
//
//   $ids          LIST<STRING>   which capabilities
//   $known        STRING         what we knew when, ISO moment in UTC
//   $day          STRING         the day at which a claim is judged to be current, 2026-11-23
//   $current      LIST<STRING>   which judgements stay: YES, NO, UNKNOWN
//   $withNarrower BOOLEAN        count those of narrower capabilities too
//   $afterKey     STRING | NULL  sort key of the row the page follows
//   $afterId      STRING | NULL  id of that row
//   $beforeKey    STRING | NULL  sort key of the row the page precedes
//   $beforeId     STRING | NULL  id of that row
//   $backward     BOOLEAN        count from the end; rows then come last first
//   $limit        INTEGER        at most this many rows a parent
//   $total        BOOLEAN        count the whole list too
//   $vis          LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['cap-7k2'], known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: ['YES', 'UNKNOWN'], withNarrower: true, afterKey: null, afterId: null, beforeKey: null, beforeId: null, backward: false, limit: 21, total: false, vis: [0, 1]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH known ORDER BY known.id
WITH collect(known.id) AS sources
UNWIND $ids AS parent
MATCH (top:Capability {id: parent}) WHERE top.vis IN $vis
MATCH path = (top)<-[steps:BROADER*0..8]-(below:Capability)
WHERE all(x IN nodes(path) WHERE x.vis IN $vis) AND all(x IN relationships(path) WHERE x.vis IN $vis)
  AND all(x IN relationships(path) WHERE x.source IN sources)
  AND all(x IN relationships(path) WHERE x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known))
  AND below.vis IN $vis AND ($withNarrower OR below.id = top.id)
WITH top, collect(DISTINCT below.id) AS wanted
WITH top, COLLECT {
  UNWIND wanted AS id
  MATCH (c:Capability {id: id}) WHERE c.vis IN $vis
  MATCH (o:Organization)-[r:HAS_CAPABILITY]->(c) WHERE r.vis IN $vis AND o.vis IN $vis
    AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
    AND CASE
      WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
        AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
      WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
      WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
      WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
      ELSE 'YES' END IN $current
  MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
  RETURN {r: r, o: o, c: c, s: s, key: o.name}
} AS whole
WITH top, CASE WHEN $total THEN size(whole) END AS total, COLLECT {
  UNWIND whole AS row
  WITH row.r AS r, row.o AS o, row.c AS c, row.s AS s, row.key AS key
  WHERE ($afterKey IS NULL OR key > $afterKey OR (key = $afterKey AND r.id > $afterId))
    AND ($beforeKey IS NULL OR key < $beforeKey OR (key = $beforeKey AND r.id < $beforeId))
  WITH r, o, c, s, key
  ORDER BY CASE WHEN $backward THEN '' ELSE key END, CASE WHEN $backward THEN '' ELSE r.id END, key DESC, r.id DESC
  LIMIT $limit
  RETURN r {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis, .start, .end, .earliest, .latest,
    observed: coalesce(r.observed, []), unseen: coalesce(r.unseen, []),
    source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
    .level,
    verified: coalesce(r.verified, false),
    organization: o {.id, .name, .country, label: 'Organization',
      kinds: coalesce(o.kinds, []), otherNames: [i IN range(0, size(coalesce(o.otherNames, [])) - 1)
        WHERE o.otherNamesVis[i] IN $vis | o.otherNames[i]]},
    capability: c {.id, .name, altLabels: coalesce(c.altLabels, [])},
    disputed: r.retractedAt IS NULL AND EXISTS {
      MATCH (o)-[x:HAS_CAPABILITY]->(c) WHERE c.vis IN $vis AND o.vis IN $vis AND x.vis IN $vis AND x.source <> r.source
        AND x.retractedAt IS NULL
        AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31')
        AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31')
        AND (NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start)
          OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end)
          OR x.level <> r.level)
      MATCH (y:Source {id: x.source}) WHERE y.vis IN $vis
      RETURN y
    }}
} AS rows
RETURN collect({parent: top.id, total: total, rows: rows}) AS rows
