// No two RECEIVED_CARD relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT received_card_id IF NOT EXISTS FOR ()-[r:RECEIVED_CARD]-() REQUIRE r.id IS UNIQUE
