// How many relationships are gone.
//
//   $piece  INTEGER  at most this many
MATCH ()-[r]->()
WITH r LIMIT $piece
DELETE r
RETURN count(*) AS gone
