// No two OWNS relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT owns_id IF NOT EXISTS FOR ()-[r:OWNS]-() REQUIRE r.id IS UNIQUE
