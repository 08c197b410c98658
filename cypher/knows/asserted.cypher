// How often each derived record of some units was asserted and taken back, in no order.
//
//   $units  LIST<STRING>   which units
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {units: ['race:898'], vis: [0, 1, 2, 3]}
MATCH (a:Agent)-[k:KNOWS]->(b:Agent)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis
  AND k.retractedAt IS NOT NULL AND k.unit IN $units
WITH k.key AS key, count(k) AS times
RETURN collect({key: key, times: times}) AS rows
