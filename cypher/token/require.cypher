// How many tokens may send registered documents only from now on, or everything again.
//
//   $id             STRING   of the token
//   $registeredOnly BOOLEAN  whether it may send nothing else
//
//   :param {id: 'tok-1', registeredOnly: true}
MATCH (t:Token {id: $id})
SET t.registeredOnly = $registeredOnly
WITH count(t) AS saved
RETURN [{saved: saved}] AS rows
