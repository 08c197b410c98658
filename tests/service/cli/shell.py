"""The command line as a shell meets it: arguments in, exit code and both outputs out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from service.cli import app
from service.cli.ending import ended


@dataclass(frozen=True)
class Said:
    """How a call ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Shell:
    """Calls `paddock` on one store."""

    capture: pytest.CaptureFixture[str]
    store: str
    environment: Mapping[str, str] = field(default_factory=dict[str, str])

    def __call__(self, *arguments: str) -> Said:
        self.capture.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            code = ended(app, [*arguments, "--store", self.store])
        out, err = self.capture.readouterr()
        return Said(code, out, err)
