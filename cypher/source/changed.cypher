// The sources that were written behind a revision, by id.
//
//   $since  INTEGER        behind this revision
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {since: 0, vis: [0, 1, 2, 3]}
MATCH (s:Source) WHERE s.vis IN $vis AND s.revision > $since
WITH s ORDER BY s.id
RETURN collect({id: s.id, vis: s.vis}) AS rows
