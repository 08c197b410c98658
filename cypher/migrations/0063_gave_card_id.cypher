// No two GAVE_CARD relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT gave_card_id IF NOT EXISTS FOR ()-[r:GAVE_CARD]-() REQUIRE r.id IS UNIQUE
