// The agents that were written behind a revision, as columns, a page of them by id.
//
//   $since  INTEGER        behind this revision
//   $after  STRING         behind this id
//   $limit  INTEGER        at most this many
//   $vis    LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {since: 0, after: '', limit: 1000, vis: [0, 1, 2, 3]}
MATCH (n:Agent) WHERE n.vis IN $vis AND n.revision > $since AND n.id > $after
WITH n ORDER BY n.id LIMIT $limit
WITH collect(n.id) AS ids, collect(n.vis) AS classes,
  collect(CASE WHEN n:Organization THEN true ELSE false END) AS organizations
RETURN [{ids: ids, classes: classes, organizations: organizations}] AS rows
