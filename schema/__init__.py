"""The public GraphQL contract: types, root fields, limits."""

# Types that mean each other are imported from here on, in the one order that works.
from schema.execution import asked, changes, roots, run, sdl

__all__ = ["asked", "changes", "roots", "run", "sdl"]
