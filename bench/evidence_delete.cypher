// How many pieces of evidence are gone that were written behind a revision.
//
//   $revision  INTEGER  behind this one
MATCH (a)-[k:KNOWS]->(b)
WHERE k.revision > $revision
DELETE k
RETURN count(*) AS gone
