// The next revision of the store and its moment, with the moment before it; the writer keeps the lock until it commits.
//
//   $token  STRING   anything unlike the last writer's; writing it takes the lock before the number is read
//   $now    INTEGER  microseconds since 1970
//   $exact  BOOLEAN  whether the moment is exactly $now; otherwise it is later than the one before
//
//   :param {token: 'a3f', now: 1795502068123456, exact: false}
MERGE (r:Revision {id: 'revision'})
SET r._lock = $token
WITH r, coalesce(r.number, 0) AS number, coalesce(r.micros, 0) AS last
WITH r, number, last, CASE WHEN $exact OR $now > last THEN $now ELSE last + 1 END AS micros
SET r.number = number + 1, r.micros = micros
WITH number, last, micros
RETURN [{number: number + 1, last: last, micros: micros}] AS rows
