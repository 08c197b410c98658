// What somebody was shown is found by who they are.
CREATE INDEX audit_principal IF NOT EXISTS FOR (n:Audit) ON (n.principal)
