// No two DECIDES_ON relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT decides_on_id IF NOT EXISTS FOR ()-[r:DECIDES_ON]-() REQUIRE r.id IS UNIQUE
