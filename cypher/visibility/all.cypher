// The visibility classes of the store, by number.
//
//   :param {}
MATCH (v:VisibilityClass)
WITH v ORDER BY v.id
RETURN collect(v {.id, .level, .compartments}) AS rows
