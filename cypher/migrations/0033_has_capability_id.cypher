// No two HAS_CAPABILITY relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT has_capability_id IF NOT EXISTS FOR ()-[r:HAS_CAPABILITY]-() REQUIRE r.id IS UNIQUE
