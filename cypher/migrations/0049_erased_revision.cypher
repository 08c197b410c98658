// What was erased since a revision.
CREATE INDEX erased_revision IF NOT EXISTS FOR (n:Erased) ON (n.revision)
