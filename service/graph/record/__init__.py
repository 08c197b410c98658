"""How records get into the graph: what is said is compared with what stands, and whole units are written."""
