// The agents that changed since a revision.
CREATE INDEX agent_revision IF NOT EXISTS FOR (n:Agent) ON (n.revision)
