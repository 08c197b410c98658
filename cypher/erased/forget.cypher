// How many notes were taken back because what was gone is there again.
//
//   $ids  LIST<STRING>  which ids
//
//   :param {ids: ['per-1']}
MATCH (e:Erased) WHERE e.id IN $ids
DELETE e
WITH count(*) AS saved
RETURN [{saved: saved}] AS rows
