// No two POST_IN relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT post_in_id IF NOT EXISTS FOR ()-[r:POST_IN]-() REQUIRE r.id IS UNIQUE
