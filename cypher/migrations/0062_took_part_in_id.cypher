// No two TOOK_PART_IN relationships share an id, so that a race cannot write one twice.
CREATE CONSTRAINT took_part_in_id IF NOT EXISTS FOR ()-[r:TOOK_PART_IN]-() REQUIRE r.id IS UNIQUE
