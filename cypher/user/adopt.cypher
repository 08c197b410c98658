// How many principals of the form before became users, with the roles of those of their tokens that stand.
//
//   $personal STRING  kind of a token that acts for its owner
//
//   :param {personal: 'personal'}
MATCH (p:Principal) WHERE p.roles IS NULL
OPTIONAL MATCH (t:Token {owner: p.id}) WHERE t.kind = $personal
WITH p, CASE WHEN t.revokedAt IS NULL THEN t.roles[0] ELSE null END AS role, t.createdAt AS created
WITH p, collect(DISTINCT role) AS roles, min(created) AS first
SET p.roles = roles, p.createdAt = first
WITH count(p) AS saved
RETURN [{saved: saved}] AS rows
