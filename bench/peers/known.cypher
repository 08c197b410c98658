// Whom somebody knows, by id.
MATCH (p:Person {id: $id})-[k:KNOWS]-(o:Person) WHERE p.vis IN $vis AND k.vis IN $vis AND o.vis IN $vis
  AND k.retractedAt IS NULL
WITH DISTINCT o ORDER BY o.id LIMIT $limit
RETURN collect(o {.id, .name}) AS rows
