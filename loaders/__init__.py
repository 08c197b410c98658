"""Files into the graph: read, resolve, write, report."""
