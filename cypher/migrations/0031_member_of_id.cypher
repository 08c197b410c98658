// No two MEMBER_OF relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT member_of_id IF NOT EXISTS FOR ()-[r:MEMBER_OF]-() REQUIRE r.id IS UNIQUE
