// How many ties were created.
//
//   $rows  LIST<MAP>  of each both ids and the cost in grains of 1e-16
UNWIND $rows AS row
MATCH (a:Seat {id: row.a})
MATCH (b:Seat {id: row.b})
CREATE (a)-[t:TIE {cost: row.cost}]->(b)
RETURN count(t) AS saved
