// No two COMPETES_WITH relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT competes_with_id IF NOT EXISTS FOR ()-[r:COMPETES_WITH]-() REQUIRE r.id IS UNIQUE
