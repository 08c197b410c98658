// The people whose name holds these words, by name, then id.
//
//   $index  STRING         the full-text index
//   $q      STRING         the words
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {index: 'person_search', q: 'smith', vis: [0, 1]}
CALL db.index.fulltext.queryNodes($index, $q) YIELD node, score
MATCH (s:Source) WHERE s.vis IN $vis
WITH node ORDER BY node.name, node.id
RETURN collect({id: node.id, name: node.name}) AS rows
