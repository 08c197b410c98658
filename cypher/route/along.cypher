// What stands along routes, in no order: evidence by id, the agents at its ends and the sources that say so, each once.
//
//   $evidence  LIST<STRING>   which evidence
//   $vis       LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {evidence: ['kno-7k2'], vis: [0, 1]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index.
MATCH (a)-[k:KNOWS]->(b)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis AND k.id IN $evidence
MATCH (s:Source {id: k.source}) WHERE s.vis IN $vis
WITH a AS giver, b AS taker, s, k, a.id AS a, b.id AS b, coalesce(k.about, []) AS about
WITH collect(DISTINCT giver) AS starts, collect(DISTINCT taker) AS ends, collect(DISTINCT s) AS sources,
  collect([k.id, k.source, k.locator, k.recordedAt, k.retractedAt, k.confidence, k.vis, k.kind, k.since, k.on,
    k.intensity, about, a, b]) AS evidence
// Worked out before they are told: within a map the embedded engine makes nothing of maps in a list.
WITH evidence, [s IN sources | s {.id, .title, .publisher, .url, .licence, .retrievedAt}] AS sources,
  [x IN starts + [y IN ends WHERE NOT y IN starts] | x {.id, .name, .country, kinds: coalesce(x.kinds, []),
    label: CASE WHEN x:Person THEN 'Person' ELSE 'Organization' END,
    otherNames: [i IN range(0, size(coalesce(x.otherNames, [])) - 1) WHERE x.otherNamesVis[i] IN $vis
      | x.otherNames[i]]}] AS agents
RETURN [{agents: agents, sources: sources, evidence: evidence}] AS rows
