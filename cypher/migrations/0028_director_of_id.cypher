// No two DIRECTOR_OF relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT director_of_id IF NOT EXISTS FOR ()-[r:DIRECTOR_OF]-() REQUIRE r.id IS UNIQUE
