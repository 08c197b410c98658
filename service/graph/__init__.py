"""The graph: typed questions, and the one way by which records get into it."""
