"""What a person who waits for the ties is told: how far their reading has come."""

from __future__ import annotations

import sys
import time

PATIENCE = 2.0  # seconds: what takes no longer is not spoken of, and not oftener


class Reading:
    """Told how many revisions have been read, and of how many; says so on stderr every few seconds."""

    def __init__(self) -> None:
        """Nothing is being read yet."""
        self._next = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done == 0:
            self._next = now + PATIENCE
        elif now >= self._next and done < total:
            self._next = now + PATIENCE
            sys.stderr.write(f"Reading the ties: {done:,} of {total:,} revisions ({100 * done // total} %).\n")
