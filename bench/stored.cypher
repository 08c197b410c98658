// How many nodes and relationships there are.
MATCH (n) WHERE NOT n:Migration
WITH count(n) AS nodes
OPTIONAL MATCH ()-[r]->()
WITH nodes, count(r) AS relationships
RETURN nodes, relationships
