// In how many pieces of evidence each of these revisions was the last to change something, by revision.
//
//   $revisions  LIST<INTEGER>  which revisions
//   $first      INTEGER        the first of them
//   $last       INTEGER        the last of them
//   $vis        LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {revisions: [15, 16], first: 15, last: 16, vis: [0, 1, 2, 3]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index. It finds a list
// of revisions by the index, Neo4j a stretch of them: it reads everything where a list looks like much of what there is.
MATCH (a)-[k:KNOWS]->(b)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis AND k.revision IN $revisions
  AND k.revision >= $first AND k.revision <= $last
WITH k.revision AS revisionId, count(k) AS number ORDER BY revisionId
RETURN collect({revision: revisionId, number: number}) AS rows
