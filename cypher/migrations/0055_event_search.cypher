// Event nodes by words of their names, folded into `search`.
CREATE FULLTEXT INDEX event_search IF NOT EXISTS FOR (n:Event) ON EACH [n.search]
