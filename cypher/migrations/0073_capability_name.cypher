// Capabilities in the order of their names.
CREATE INDEX capability_name IF NOT EXISTS FOR (n:Capability) ON (n.name)
