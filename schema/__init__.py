"""The public GraphQL contract: types, root fields, limits."""

# Types that mean each other are imported from here on, in the one order that works.
from schema.execution import asked, changes, faults, prepare, roots, run, run_in_parts, sdl
from schema.increments import Parts

__all__ = ["Parts", "asked", "changes", "faults", "prepare", "roots", "run", "run_in_parts", "sdl"]
