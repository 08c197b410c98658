// The standing evidence derived from some units, by id.
//
//   $units  LIST<STRING>   which units
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {units: ['race:898'], vis: [0, 1, 2, 3]}
MATCH (a:Agent)-[k:KNOWS]->(b:Agent)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis
  AND k.retractedAt IS NULL AND k.unit IN $units
WITH a, k, b ORDER BY k.id
RETURN collect({
  id: k.id, key: k.key, a: a.id, b: b.id, unit: k.unit, kind: k.kind, vis: k.vis, source: k.source, locator: k.locator,
  enteredBy: k.enteredBy, relabelledBy: k.relabelledBy
}) AS rows
