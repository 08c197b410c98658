// No two HOLDS_CERTIFICATION relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT holds_certification_id IF NOT EXISTS FOR ()-[r:HOLDS_CERTIFICATION]-() REQUIRE r.id IS UNIQUE
