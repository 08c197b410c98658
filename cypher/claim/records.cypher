// The meetings, card exchanges and introductions these claims say somebody had a part in, by claim.
//
//   $rows LIST<MAP>      agent: id of a person; ids: claims of theirs
//   $vis  LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {rows: [{agent: 'per-7k2', ids: ['clm-7k2']}], vis: [0, 1]}
MATCH (known:Source) WHERE known.vis IN $vis
WITH known ORDER BY known.id
WITH collect(known.id) AS sources
UNWIND $rows AS row
MATCH (p:Person {id: row.agent}) WHERE p.vis IN $vis
MATCH (p)-[r:TOOK_PART_IN|GAVE_CARD|RECEIVED_CARD|REQUESTS|INTRODUCES|INTRODUCED_IN]->(n)
WHERE r.vis IN $vis AND n.vis IN $vis AND r.source IN sources AND r.id IN row.ids
WITH DISTINCT r, n ORDER BY r.id
RETURN collect({claim: r.id, record: n.id}) AS rows
