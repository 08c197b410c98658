// No two SUCCEEDED_BY relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT succeeded_by_id IF NOT EXISTS FOR ()-[r:SUCCEEDED_BY]-() REQUIRE r.id IS UNIQUE
