// The text of a document: the token's own, else everybody's; none where neither is registered.
//
//   $own     STRING  id of the token's own
//   $shared  STRING  id of everybody's
//
//   :param {own: 'doc-1', shared: 'doc-2'}
OPTIONAL MATCH (own:Document {id: $own})
OPTIONAL MATCH (shared:Document {id: $shared})
WITH coalesce(own.text, shared.text) AS text
RETURN CASE WHEN text IS NULL THEN [] ELSE [{text: text}] END AS rows
