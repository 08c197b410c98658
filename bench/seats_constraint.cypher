// Nothing: a seat is found by its id.
CREATE CONSTRAINT seat_id IF NOT EXISTS FOR (s:Seat) REQUIRE s.id IS UNIQUE
