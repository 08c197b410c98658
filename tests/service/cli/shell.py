"""The command line as a shell meets it: arguments in, exit code and both outputs out."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import pytest

from service.cli import app
from service.cli.ending import ended
from service.engines.stores import Folder, Store


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


@dataclass(frozen=True)
class Calls:
    """Calls `paddock` beside the event loop of a test, as each call runs one of its own."""

    shell: Shell

    async def __call__(self, *arguments: str) -> Said:
        return await asyncio.to_thread(self.shell, *arguments)

    @classmethod
    def on(cls, store: Store, capsys: pytest.CaptureFixture[str]) -> Self:
        """Calls on a store of either engine."""
        if isinstance(store, Folder):
            return cls(Shell(capsys, str(store.path)))
        password = {"PADDOCK_STORE_USER": store.user, "PADDOCK_STORE_PASSWORD": store.password}
        return cls(Shell(capsys, store.uri, password))
