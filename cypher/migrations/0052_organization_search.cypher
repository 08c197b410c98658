// Organization nodes by words of their names, folded into `search`.
CREATE FULLTEXT INDEX organization_search IF NOT EXISTS FOR (n:Organization) ON EACH [n.search]
