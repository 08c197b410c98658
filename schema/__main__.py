"""Prints the contract, to be kept in schema.graphql."""

import sys

from schema import sdl

sys.stdout.write(sdl())
