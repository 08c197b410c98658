// Post nodes by words of their names, folded into `search`.
CREATE FULLTEXT INDEX post_search IF NOT EXISTS FOR (n:Post) ON EACH [n.search]
