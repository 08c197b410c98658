// How many documents are registered; one that is registered already for the same token is replaced.
//
//   $rows  LIST<MAP>  of each its id, document (the id it is sent by), token (whose; null: everybody's), name, text, and when
//
//   :param {rows: [{id: 'doc-1', document: 'sha256:9f86', token: null, name: 'Who', text: '{ viewer { name } }', addedAt: '2026-11-23T12:00:00.000000Z'}]}
UNWIND $rows AS row
// The id is the hash of token and document, so the key of this MERGE is never null.
MERGE (d:Document {id: row.id})
SET d.document = row.document, d.token = row.token, d.name = row.name, d.text = row.text, d.addedAt = row.addedAt
WITH count(d) AS saved
RETURN [{saved: saved}] AS rows
