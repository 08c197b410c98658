// How often each record of some sources was asserted and taken back, by key.
//
//   $sources  LIST<STRING>   whose claims
//   $vis      LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {sources: ['src-1'], vis: [0, 1, 2, 3]}
MATCH (a)-[c]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
  AND c.source IN $sources AND c.retractedAt IS NOT NULL
WITH c.key AS key, count(c) AS times ORDER BY key
RETURN collect({key: key, times: times}) AS rows
