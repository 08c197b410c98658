// Issues in the order of their names.
CREATE INDEX issue_name IF NOT EXISTS FOR (n:Issue) ON (n.name)
