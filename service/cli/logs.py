"""What the program says of itself on stderr while it works: each line with its moment in UTC."""

from __future__ import annotations

import logging
import sys
import time
from typing import cast

OURS = ("cypher", "loaders", "network", "packs", "schema", "service", "web")
FORM = "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s"
MOMENT = "%Y-%m-%dT%H:%M:%S"


class Line(logging.Formatter):
    """A line for people, with what is known of a request at its end."""

    def __init__(self) -> None:
        """In UTC."""
        super().__init__(FORM, MOMENT)
        self.converter = time.gmtime

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's own name)
        facts = " ".join(f"{name}={value}" for name, value in _facts(record).items())
        return f"{super().formatMessage(record)} {facts}".rstrip()


class Json(logging.Formatter):
    """A line for programs: one JSON object."""

    def __init__(self) -> None:
        """In UTC."""
        super().__init__(None, MOMENT)
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        import orjson

        told = {
            "at": f"{self.formatTime(record, MOMENT)}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return orjson.dumps(told).decode()


def begin(level: str, form: str = "text") -> None:
    """Let our own rooms speak from a level on; what we build on speaks from warnings on, for it may quote values."""
    handler = logging.StreamHandler()
    handler.setFormatter(Json() if form == "json" else Line())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    for room in OURS:
        logging.getLogger(room).setLevel(level.upper())


def _facts(record: logging.LogRecord) -> dict[str, object]:
    """What belongs to a line beside its words: the request it was said in, and that request's account at its end."""
    facts = cast("dict[str, object]", getattr(record, "facts", {}))
    # A command that serves nothing has no requests and does without the server's modules.
    accounts = sys.modules.get("service.traffic.accounts")
    own = accounts.account() if accounts else None
    return facts if own is None else {"request": own.id, **facts}
