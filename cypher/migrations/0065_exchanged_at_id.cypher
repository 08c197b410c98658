// No two EXCHANGED_AT relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT exchanged_at_id IF NOT EXISTS FOR ()-[r:EXCHANGED_AT]-() REQUIRE r.id IS UNIQUE
