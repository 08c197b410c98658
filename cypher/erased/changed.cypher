// What some revisions deleted for good, by id.
//
//   $since  INTEGER  behind this revision
//   $until  INTEGER  up to this one
//
//   :param {since: 0, until: 16}
MATCH (e:Erased) WHERE e.revision > $since AND e.revision <= $until
WITH e ORDER BY e.id
RETURN collect({id: e.id}) AS rows
