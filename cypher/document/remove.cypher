// How many registered documents were removed.
//
//   $ids  LIST<STRING>  which
//
//   :param {ids: ['doc-1']}
MATCH (d:Document) WHERE d.id IN $ids
DELETE d
WITH count(*) AS saved
RETURN [{saved: saved}] AS rows
