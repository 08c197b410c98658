// No two HOLDS relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT holds_id IF NOT EXISTS FOR ()-[r:HOLDS]-() REQUIRE r.id IS UNIQUE
