// Nothing: everything but the record of migrations is deleted.
MATCH (n) WHERE NOT n:Migration
DETACH DELETE n
