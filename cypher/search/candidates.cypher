// Everything visible that full text finds, with its names, in no order that tells anything: rank it by those names.
//
//   $indexes LIST<STRING>   full-text indexes to look in
//   $words   STRING         what to look for, in the index's own syntax
//   $vis     LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {indexes: ['person_search'], words: '+("chris" chris*)', vis: [0, 1]}
UNWIND $indexes AS index
CALL db.index.fulltext.queryNodes(index, $words) YIELD node, score
WITH node, score WHERE node.vis IN $vis
WITH node ORDER BY node.id
RETURN collect(node {.id, .name, labels: labels(node),
  otherNames: [i IN range(0, size(coalesce(node.otherNames, [])) - 1)
    WHERE node.otherNamesVis[i] IN $vis | node.otherNames[i]] + coalesce(node.altLabels, [])}) AS rows
