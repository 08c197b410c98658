// How many tokens of the form before got an owner: their own principal, or that of the token they acted within.
//
//   $personal   STRING  kind of a token that acts for its owner
//   $integrator STRING  kind and, before, role of one that acts within another's rights
//
//   :param {personal: 'personal', integrator: 'integrator'}
MATCH (t:Token) WHERE t.kind IS NULL
OPTIONAL MATCH (l:Token {id: t.owner})
WITH t, CASE WHEN t.role = $integrator THEN l ELSE t END AS lender, t.role = $integrator AS lent
WITH collect({id: t.id, kind: CASE WHEN lent THEN $integrator ELSE $personal END,
  owner: lender.principal, roles: CASE WHEN lender.role = $integrator THEN [] ELSE [lender.role] END,
  scopes: [one IN t.scopes WHERE one IN lender.scopes],
  expiresAt: CASE WHEN t.expiresAt IS NULL OR lender.expiresAt < t.expiresAt THEN lender.expiresAt ELSE t.expiresAt END,
  revokedAt: coalesce(t.revokedAt, lender.revokedAt)}) AS found
UNWIND found AS row
MATCH (t:Token {id: row.id})
SET t.kind = row.kind, t.owner = row.owner, t.roles = row.roles, t.scopes = row.scopes, t.expiresAt = row.expiresAt,
  t.revokedAt = row.revokedAt, t.role = null, t.principal = null
WITH count(t) AS saved
RETURN [{saved: saved}] AS rows
