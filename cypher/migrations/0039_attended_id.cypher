// No two ATTENDED relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT attended_id IF NOT EXISTS FOR ()-[r:ATTENDED]-() REQUIRE r.id IS UNIQUE
