// No two BROADER relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT broader_id IF NOT EXISTS FOR ()-[r:BROADER]-() REQUIRE r.id IS UNIQUE
