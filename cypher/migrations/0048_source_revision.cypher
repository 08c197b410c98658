// The sources that changed since a revision.
CREATE INDEX source_revision IF NOT EXISTS FOR (n:Source) ON (n.revision)
