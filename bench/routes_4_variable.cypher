// The best routes of up to 4 hops: by cost rounded to 1e-12, then hops, then ids. One pattern of variable length.
//
//   $from  STRING   where they start
//   $to    STRING   where they end
//   $k     INTEGER  how many
MATCH (a:Seat {id: $from}), (b:Seat {id: $to})
MATCH p = (a)-[:TIE*1..4]-(b)
WHERE all(n IN nodes(p)[1..-1] WHERE n:Insider AND n <> a AND n <> b)
WITH p, reduce(sum = 0, t IN relationships(p) | sum + t.cost) AS grains
WITH (grains + 5000) / 10000 AS cost, length(p) AS hops, [n IN nodes(p) | n.id] AS ids
ORDER BY cost, hops, ids LIMIT $k
RETURN collect({cost: cost, ids: ids}) AS rows
