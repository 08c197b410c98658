// The tokens of a user, which end with the user.
CREATE INDEX token_owner IF NOT EXISTS FOR (n:Token) ON (n.owner)
