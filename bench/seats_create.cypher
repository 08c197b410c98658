// How many agents got a seat: a person is also an Insider, who may stand inside a route.
//
//   $rows  LIST<MAP>  of each its id, and whether it is a person
UNWIND $rows AS row
CREATE (s:Seat {id: row.id})
FOREACH (_ IN CASE WHEN row.person THEN [1] ELSE [] END | SET s:Insider)
RETURN count(s) AS saved
