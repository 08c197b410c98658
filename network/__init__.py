"""Arithmetic on ties: strength, projection, paths, measures, matching. No clock, no I/O."""
