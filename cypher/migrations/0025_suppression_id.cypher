// No two Suppression nodes share an id.
CREATE CONSTRAINT suppression_id IF NOT EXISTS FOR (n:Suppression) REQUIRE n.id IS UNIQUE
