// Events in the order of their names.
CREATE INDEX event_name IF NOT EXISTS FOR (n:Event) ON (n.name)
