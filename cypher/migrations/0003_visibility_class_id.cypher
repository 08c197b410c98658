// No two VisibilityClass nodes share an id.
CREATE CONSTRAINT visibility_class_id IF NOT EXISTS FOR (n:VisibilityClass) REQUIRE n.id IS UNIQUE
