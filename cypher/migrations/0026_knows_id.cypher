// No two KNOWS relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT knows_id IF NOT EXISTS FOR ()-[r:KNOWS]-() REQUIRE r.id IS UNIQUE
