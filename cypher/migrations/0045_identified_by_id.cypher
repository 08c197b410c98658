// No two IDENTIFIED_BY relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT identified_by_id IF NOT EXISTS FOR ()-[r:IDENTIFIED_BY]-() REQUIRE r.id IS UNIQUE
