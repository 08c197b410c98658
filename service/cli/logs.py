"""What the program says of itself on stderr while it works: each line with its moment in UTC."""

from __future__ import annotations

import logging
import time

OURS = ("cypher", "loaders", "network", "packs", "schema", "service", "web")
FORM = "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s"
MOMENT = "%Y-%m-%dT%H:%M:%S"


def begin(level: str) -> None:
    """Let our own rooms speak from a level on; what we build on speaks from warnings on, for it may quote values."""
    form = logging.Formatter(FORM, MOMENT)
    form.converter = time.gmtime
    handler = logging.StreamHandler()
    handler.setFormatter(form)
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    for room in OURS:
        logging.getLogger(room).setLevel(level.upper())
