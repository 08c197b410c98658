// What keeps erased people away, by id: keyed hashes, and beside one of them the key.
//
//   :param {}
MATCH (s:Suppression)
WITH s ORDER BY s.id
RETURN collect(s {.id, .key}) AS rows
