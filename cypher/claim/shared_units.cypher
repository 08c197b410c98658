// Which other sources have standing claims in which units, by source and unit.
//
//   $sources  LIST<STRING>   the sources left out
//   $vis      LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {sources: ['src-1'], vis: [0, 1, 2, 3]}
MATCH (a)-[c]->(b)
WHERE a.vis IN $vis AND c.vis IN $vis AND b.vis IN $vis
  AND NOT c.source IN $sources AND type(c) <> 'KNOWS' AND c.unit IS NOT NULL AND c.retractedAt IS NULL
WITH DISTINCT c.source AS source, c.unit AS unit ORDER BY source, unit
RETURN collect({source: source, unit: unit}) AS rows
