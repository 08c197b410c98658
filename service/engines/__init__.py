"""Two ways to keep the graph behind one small protocol: a Neo4j by URI, and an embedded engine in a folder."""
