// How many nodes are gone; the record of migrations stays.
//
//   $piece  INTEGER  at most this many
MATCH (n) WHERE NOT n:Migration
WITH n LIMIT $piece
DETACH DELETE n
RETURN count(*) AS gone
