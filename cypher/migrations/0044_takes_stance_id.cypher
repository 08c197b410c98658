// No two TAKES_STANCE relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT takes_stance_id IF NOT EXISTS FOR ()-[r:TAKES_STANCE]-() REQUIRE r.id IS UNIQUE
