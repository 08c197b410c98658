"""The questions one may begin with, by subject."""
