// How much a store holds of each thing and of evidence that stands: one row, in no order.
//
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {vis: [0, 1, 2, 3]}
RETURN [{
  people: COUNT { MATCH (p:Person) WHERE p.vis IN $vis },
  organizations: COUNT { MATCH (o:Organization) WHERE o.vis IN $vis },
  posts: COUNT { MATCH (t:Post) WHERE t.vis IN $vis },
  capabilities: COUNT { MATCH (c:Capability) WHERE c.vis IN $vis },
  events: COUNT { MATCH (e:Event) WHERE e.vis IN $vis },
  sources: COUNT { MATCH (s:Source) WHERE s.vis IN $vis },
  evidence: COUNT {
    MATCH (a:Agent)-[k:KNOWS]->(b:Agent)
    WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis AND k.retractedAt IS NULL
  }
}] AS rows
