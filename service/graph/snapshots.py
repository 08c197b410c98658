"""A file that starts a projection fast: read it, then only what changed since.

It holds no more than the store does and can be thrown away at any time. Whatever makes it unreadable means that the
store is read anew; so does a store that does not have what the file was last told of, as after a backup was put back.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

import cypher
from network import snapshot
from network.dates import micros
from network.model import Model
from network.projection import Projection
from network.rows import STANDING
from service.graph.store import Graph
from service.graph.visibility import classes

FILE = "ties.zip"


@dataclass(frozen=True, slots=True)
class Recorded:
    """When evidence was recorded and taken back."""

    id: str
    recorded_at: str
    retracted_at: str | None


WRITTEN = cypher.query("knows/written", Recorded)


async def stands(graph: Graph, projection: Projection) -> bool:
    """Whether a store is one the projection was read from: it has what the projection was last told of, as told."""
    rows = projection.ties.base
    if not len(rows):
        return False
    last = int(np.where(rows.retracted == STANDING, rows.recorded, rows.retracted).argmax())
    scope = (await classes(graph)).everything()
    found = await graph.read(WRITTEN, scope, ids=[rows.id[last].decode()])
    recorded, retracted = int(rows.recorded[last]), int(rows.retracted[last])
    # What stood then may have been taken back since: the feed tells.
    return any(
        micros(one.recorded_at) == recorded
        and (retracted == STANDING or (one.retracted_at is not None and micros(one.retracted_at) == retracted))
        for one in found
    )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The file in a folder that only its owner reads."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / FILE

    def read(self, model: Model) -> Projection | None:
        """The projection as it was last written; None where there is none that can be read."""
        try:
            with ZipFile(self.path) as stored:
                arrays = {name: _array(stored.read(name)) for name in stored.namelist()}
            return Projection(*snapshot.restored(model, arrays))
        except (OSError, ValueError, KeyError, EOFError, RuntimeError, BadZipFile):
            return None

    def write(self, projection: Projection) -> None:
        """Nothing, once the projection is in the file; whoever reads meanwhile finds the old one whole."""
        file = self.folder / f"{FILE}.{secrets.token_hex(8)}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Nobody else ever sees a name or a tie in it.
            file.touch(mode=0o600)
            with ZipFile(file, "w") as stored:
                for name, array in snapshot.arrays(projection.ties, projection.revision).items():
                    with stored.open(name, "w", force_zip64=True) as stream:
                        np.save(stream, array, allow_pickle=False)
            file.replace(self.path)
        except OSError:
            # A full disk costs the next start some seconds and nothing else.
            with suppress(OSError):
                file.unlink()

    def drop(self) -> None:
        """Nothing, once the file is gone: after an erasure it would still hold what was erased."""
        self.path.unlink(missing_ok=True)


def _array(content: bytes) -> NDArray[Any]:
    # Never unpickled: the file could be anybody's.
    found: NDArray[Any] = np.load(BytesIO(content), allow_pickle=False)
    return found
