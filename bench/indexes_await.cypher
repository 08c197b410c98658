// Nothing, once every index is complete.
CALL db.awaitIndexes(600)
