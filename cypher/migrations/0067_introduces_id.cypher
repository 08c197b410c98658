// No two INTRODUCES relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT introduces_id IF NOT EXISTS FOR ()-[r:INTRODUCES]-() REQUIRE r.id IS UNIQUE
