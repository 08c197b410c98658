// Capability nodes by words of their names, folded into `search`.
CREATE FULLTEXT INDEX capability_search IF NOT EXISTS FOR (n:Capability) ON EACH [n.search]
