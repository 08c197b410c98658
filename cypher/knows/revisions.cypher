// In how many pieces of evidence each revision was the last to change something, by revision.
//
//   $since  INTEGER        behind this revision
//   $until  INTEGER        up to this one
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {since: 0, until: 16, vis: [0, 1, 2, 3]}
MATCH (a:Agent)-[k:KNOWS]->(b:Agent)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis AND k.revision > $since AND k.revision <= $until
WITH k.revision AS revisionId, count(k) AS number ORDER BY revisionId
RETURN collect({revision: revisionId, number: number}) AS rows
