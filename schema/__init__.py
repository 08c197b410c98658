"""The public GraphQL contract: types, root fields, limits."""

# Types that mean each other are imported from here on, in the one order that works.
from schema.execution import changes, roots, run, sdl

__all__ = ["changes", "roots", "run", "sdl"]
