// No two SECRETARIAT_OF relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT secretariat_of_id IF NOT EXISTS FOR ()-[r:SECRETARIAT_OF]-() REQUIRE r.id IS UNIQUE
