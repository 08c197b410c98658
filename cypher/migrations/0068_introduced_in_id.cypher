// No two INTRODUCED_IN relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT introduced_in_id IF NOT EXISTS FOR ()-[r:INTRODUCED_IN]-() REQUIRE r.id IS UNIQUE
