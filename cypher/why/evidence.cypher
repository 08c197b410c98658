// The evidence of one agent with another, or with anybody, retracted or not, by moment, then id.
//
//   $id    STRING         one of the two agents
//   $other STRING | NULL  the other one
//   $about LIST<STRING> | NULL  only what follows from one of these claims or records, or takes the place of others
//   $vis   LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {id: 'per-7k2', other: null, about: ['clm-7k2'], vis: [0, 1]}
MATCH (a:Agent {id: $id}) WHERE a.vis IN $vis
MATCH (a)-[k:KNOWS]-(b:Agent) WHERE k.vis IN $vis AND b.vis IN $vis
  AND ($other IS NULL OR b.id = $other)
  AND ($about IS NULL OR k.instead IS NOT NULL OR any(one IN coalesce(k.about, []) WHERE one IN $about))
MATCH (s:Source {id: k.source}) WHERE s.vis IN $vis
WITH k ORDER BY k.recordedAt, k.id
RETURN collect({id: k.id, key: k.key, recordedAt: k.recordedAt, retractedAt: k.retractedAt, enteredBy: k.enteredBy,
  retractedBy: k.retractedBy, reason: k.reason, about: coalesce(k.about, []), instead: coalesce(k.instead, [])}) AS rows
