// No two RELATED relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT related_id IF NOT EXISTS FOR ()-[r:RELATED]-() REQUIRE r.id IS UNIQUE
