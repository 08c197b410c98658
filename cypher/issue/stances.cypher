// Where each of these people and organizations stands on an issue on a day, by agent, then start, then id.
//
//   $ids     LIST<STRING>   which people and organizations
//   $issue   STRING         which issue
//   $known   STRING         what we knew when, ISO moment in UTC
//   $day     STRING         the day at which a claim is judged to be current, 2026-11-23
//   $current LIST<STRING>   which judgements count: YES, NO, UNKNOWN
//   $vis     LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['org-7k2'], issue: 'iss-7k2', known: '2026-11-23T12:00:00.000000Z', day: '2026-11-23', current: ['YES', 'UNKNOWN'], vis: [0, 1]}
UNWIND $ids AS id
MATCH (n:Agent {id: id}) WHERE n.vis IN $vis
MATCH (n)-[r:TAKES_STANCE]->(i:Issue {id: $issue}) WHERE r.vis IN $vis AND i.vis IN $vis
  AND r.recordedAt <= $known AND (r.retractedAt IS NULL OR r.retractedAt > $known)
  AND CASE
    WHEN any(d IN coalesce(r.unseen, []) WHERE d <= $day
      AND none(w IN coalesce(r.observed, []) WHERE d < w AND w <= $day)) THEN 'NO'
    WHEN any(d IN coalesce(r.observed, []) WHERE d <= $day) THEN 'YES'
    WHEN coalesce(r.earliest, $day) > $day OR coalesce(r.latest, $day) < $day THEN 'NO'
    WHEN r.earliest IS NULL OR r.latest IS NULL THEN 'UNKNOWN'
    ELSE 'YES' END IN $current
MATCH (s:Source {id: r.source}) WHERE s.vis IN $vis
WITH n, r, s ORDER BY n.id, coalesce(r.earliest, ''), r.id
RETURN collect({agent: n.id, position: r.position, start: r.start, source: s.title}) AS rows
