// No two SUPPLIES relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT supplies_id IF NOT EXISTS FOR ()-[r:SUPPLIES]-() REQUIRE r.id IS UNIQUE
