// No two FEEDS relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT feeds_id IF NOT EXISTS FOR ()-[r:FEEDS]-() REQUIRE r.id IS UNIQUE
