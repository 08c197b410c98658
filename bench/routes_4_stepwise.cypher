// The best routes of up to 4 hops: by cost rounded to 1e-12, then hops, then ids. One pattern for each number of hops.
//
//   $from  STRING   where they start
//   $to    STRING   where they end
//   $k     INTEGER  how many
CALL () {
  MATCH (a:Seat {id: $from})-[t:TIE]-(b:Seat {id: $to})
  RETURN t.cost AS grains, 1 AS hops, [a.id, b.id] AS ids
UNION ALL
  MATCH (a:Seat {id: $from})-[t:TIE]-(x:Insider)-[u:TIE]-(b:Seat {id: $to})
  RETURN t.cost + u.cost AS grains, 2 AS hops, [a.id, x.id, b.id] AS ids
UNION ALL
  MATCH (a:Seat {id: $from})-[t:TIE]-(x:Insider)-[u:TIE]-(y:Insider)-[v:TIE]-(b:Seat {id: $to})
  RETURN t.cost + u.cost + v.cost AS grains, 3 AS hops, [a.id, x.id, y.id, b.id] AS ids
UNION ALL
  MATCH (a:Seat {id: $from})-[t:TIE]-(x:Insider)-[u:TIE]-(y:Insider)-[v:TIE]-(z:Insider)-[w:TIE]-(b:Seat {id: $to})
  WHERE x <> b AND z <> a
  RETURN t.cost + u.cost + v.cost + w.cost AS grains, 4 AS hops, [a.id, x.id, y.id, z.id, b.id] AS ids
}
WITH (grains + 5000) / 10000 AS cost, hops, ids
ORDER BY cost, hops, ids LIMIT $k
RETURN collect({cost: cost, ids: ids}) AS rows
