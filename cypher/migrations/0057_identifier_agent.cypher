// An agent is found by the id that any of its identifiers would have given it.
CREATE INDEX identifier_agent IF NOT EXISTS FOR (n:Identifier) ON (n.agent)
