// The migration that is recorded from now on, once.
//
//   $id    STRING  the file's name without its ending
//   $hash  STRING  of the file's text
//   $at    STRING  when it was applied, ISO moment in UTC
//
//   :param {id: '0001_migration_id', hash: 'c0ffee', at: '2026-11-23T12:00:00.000000Z'}
// The id is a file's name, never null.
MERGE (m:Migration {id: $id})
ON CREATE SET m.hash = $hash, m.at = $at
WITH m
RETURN collect(m {.id, .hash}) AS rows
