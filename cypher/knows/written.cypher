// When these pieces of evidence were recorded and, where that is so, taken back, by id.
//
//   $ids  LIST<STRING>   which evidence
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {ids: ['kno-7k2'], vis: [0, 1, 2, 3]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index.
MATCH (a)-[k:KNOWS]->(b)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis AND k.id IN $ids
WITH k ORDER BY k.id
RETURN collect(k {.id, .recordedAt, .retractedAt}) AS rows
