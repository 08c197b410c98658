// No two REQUESTS relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT requests_id IF NOT EXISTS FOR ()-[r:REQUESTS]-() REQUIRE r.id IS UNIQUE
