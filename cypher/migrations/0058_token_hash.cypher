// A token is found by the hash of its secret at each request.
CREATE INDEX token_hash IF NOT EXISTS FOR (n:Token) ON (n.hash)
