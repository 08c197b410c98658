// Person nodes by words of their names, folded into `search`.
CREATE FULLTEXT INDEX person_search IF NOT EXISTS FOR (n:Person) ON EACH [n.search]
