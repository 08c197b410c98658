// Which of these ids are gone for good, by id.
//
//   $ids  LIST<STRING>  which ids
//
//   :param {ids: ['per-1']}
MATCH (e:Erased) WHERE e.id IN $ids
WITH e ORDER BY e.id
RETURN collect({id: e.id}) AS rows
