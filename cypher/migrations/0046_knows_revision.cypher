// What changed since a revision is found without reading all evidence.
CREATE INDEX knows_revision IF NOT EXISTS FOR ()-[r:KNOWS]-() ON (r.revision)
