// No two GAVE_BENEFIT relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT gave_benefit_id IF NOT EXISTS FOR ()-[r:GAVE_BENEFIT]-() REQUIRE r.id IS UNIQUE
