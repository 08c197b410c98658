// No two REPRESENTS relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT represents_id IF NOT EXISTS FOR ()-[r:REPRESENTS]-() REQUIRE r.id IS UNIQUE
