// Who was registered for or attended each of these events, by name, then id.
//
//   $ids       LIST<STRING>   which events
//   $known     STRING         what we knew when, ISO moment in UTC
//   $status    STRING | NULL  only attendances of this status
//   $afterKey  STRING | NULL  sort key of the row the page follows
//   $afterId   STRING | NULL  id of that row
//   $beforeKey STRING | NULL  sort key of the row the page precedes
//   $beforeId  STRING | NULL  id of that row
//   $backward  BOOLEAN        count from the end; rows then come last first
//   $limit     INTEGER        at most this many rows a parent
//   $total     BOOLEAN        count the whole list too
//   $vis       LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['evt-7k2'], known: '2026-11-23T12:00:00.000000Z', status: null, afterKey: null, afterId: null, beforeKey: null, beforeId: null, backward: false, limit: 21, total: false, vis: [0, 1]}
UNWIND $ids AS parent
MATCH (e:Event {id: parent}) WHERE e.vis IN $vis
WITH e, COLLECT {
  MATCH (m:Agent)-[r:ATTENDED]->(e) WHERE r.vis IN $vis AND m.vis IN $vis
    AND ($status IS NULL OR r.status = $status)
    AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
  MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
  RETURN {r: r, m: m, s: s, key: m.name}
} AS whole
WITH e, CASE WHEN $total THEN size(whole) END AS total, COLLECT {
  UNWIND whole AS row
  WITH e, row.r AS r, row.m AS m, row.s AS s, row.key AS key
  WHERE ($afterKey IS NULL OR key > $afterKey OR (key = $afterKey AND r.id > $afterId))
    AND ($beforeKey IS NULL OR key < $beforeKey OR (key = $beforeKey AND r.id < $beforeId))
  WITH e, r, m, s, key
  ORDER BY CASE WHEN $backward THEN '' ELSE key END, CASE WHEN $backward THEN '' ELSE r.id END, key DESC, r.id DESC
  LIMIT $limit
  RETURN r {.id, .locator, .recordedAt, .retractedAt, .confidence, .vis,
    source: s {.id, .title, .publisher, .url, .licence, .retrievedAt},
    .status,
    agent: m {.id, .name, .country, label: CASE WHEN m:Person THEN 'Person' ELSE 'Organization' END,
      kinds: coalesce(m.kinds, []), otherNames: [i IN range(0, size(coalesce(m.otherNames, [])) - 1)
        WHERE m.otherNamesVis[i] IN $vis | m.otherNames[i]]},
    event: e {.id, .name, .start, .end}}
} AS rows
RETURN collect({parent: e.id, total: total, rows: rows}) AS rows
