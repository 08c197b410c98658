"""Answers put out by functions made for their document; whatever they do not know the stock executor does."""

from schema.shaping.executor import Shaping
from schema.shaping.plans import Plans
from schema.shaping.runs import executed

__all__ = ["Plans", "Shaping", "executed"]
