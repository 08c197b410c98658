// In how many pieces of evidence each of these revisions was the last to change something, by revision.
//
//   $revisions  LIST<INTEGER>  which revisions
//   $vis        LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {revisions: [15, 16], vis: [0, 1, 2, 3]}
// The ends have no labels: with labels the embedded engine reads every relationship and not its index.
MATCH (a)-[k:KNOWS]->(b)
WHERE a.vis IN $vis AND k.vis IN $vis AND b.vis IN $vis AND k.revision IN $revisions
WITH k.revision AS revisionId, count(k) AS number ORDER BY revisionId
RETURN collect({revision: revisionId, number: number}) AS rows
