// Organizations in the order of their names.
CREATE INDEX organization_name IF NOT EXISTS FOR (n:Organization) ON (n.name)
