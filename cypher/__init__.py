"""Questions to the graph as text, one query per file, and the binder that checks them."""
