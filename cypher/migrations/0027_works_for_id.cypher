// No two WORKS_FOR relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT works_for_id IF NOT EXISTS FOR ()-[r:WORKS_FOR]-() REQUIRE r.id IS UNIQUE
