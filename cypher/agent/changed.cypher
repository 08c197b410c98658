// The agents that were written from a revision on, as columns, a page of them by revision, then id.
//
//   $revision  INTEGER        from this revision
//   $after     STRING         of those of this revision, behind this id
//   $limit     INTEGER        at most this many
//   $vis       LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {revision: 1, after: '', limit: 1000, vis: [0, 1, 2, 3]}
// By revision, so that the index of revisions serves: by id alone Neo4j reads all agents in that order.
MATCH (n:Agent) WHERE n.vis IN $vis AND n.revision >= $revision AND (n.revision > $revision OR n.id > $after)
WITH n ORDER BY n.revision, n.id LIMIT $limit
WITH collect(n.id) AS ids, collect(n.vis) AS classes, collect(n.revision) AS revisions,
  collect(CASE WHEN n:Organization THEN true ELSE false END) AS organizations
RETURN [{ids: ids, classes: classes, revisions: revisions, organizations: organizations}] AS rows
