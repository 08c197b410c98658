// Which source first named the event, post, capability or issue with this id.
//
//   $id  STRING         which thing
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'evt-7k2', vis: [0, 1]}
OPTIONAL MATCH (e:Event {id: $id}) WHERE e.vis IN $vis
OPTIONAL MATCH (p:Post {id: $id}) WHERE p.vis IN $vis
OPTIONAL MATCH (c:Capability {id: $id}) WHERE c.vis IN $vis
OPTIONAL MATCH (i:Issue {id: $id}) WHERE i.vis IN $vis
WITH coalesce(e.source, p.source, c.source, i.source) AS source,
  coalesce(e.locator, p.locator, c.locator, i.locator) AS locator
MATCH (s:Source {id: source}) WHERE s.vis IN $vis
WITH s.id AS id, s {.id, .title, .publisher, .url, .licence, .retrievedAt} AS source, locator ORDER BY id
RETURN collect({source: source, locator: locator}) AS rows
