// The records of evidence derived from some units that were taken back, by id.
//
//   $units  LIST<STRING>   which units
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {units: ['race:898'], vis: [0, 1, 2, 3]}
MATCH (a:Agent)-[k:KNOWS]->(b:Agent)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis
  AND k.retractedAt IS NOT NULL AND k.unit IN $units
WITH a, k, b ORDER BY k.id
RETURN collect(k {.key, .id, .vis}) AS rows
