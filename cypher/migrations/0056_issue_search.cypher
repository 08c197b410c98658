// Issue nodes by words of their names, folded into `search`.
CREATE FULLTEXT INDEX issue_search IF NOT EXISTS FOR (n:Issue) ON EACH [n.search]
