"""The ties as named arrays, for a file that starts a projection fast; reading and writing the file is its owner's."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network import strengths
from network.adjacency import Adjacency
from network.model import Model
from network.rows import NAMES, Rows
from network.ties import Register, Ties
from network.versions import Versions

VERSION = 2
"""Counts up whenever the arrays change their meaning; arrays of another version are refused."""

Arrays = Mapping[str, NDArray[Any]]

_STORED = tuple(name for name in NAMES if name != "full")


def arrays(ties: Ties, revision: int) -> dict[str, NDArray[Any]]:
    """All ties at a revision. Log-evidence is left out: it follows from the model."""
    settled = ties.settled()
    return {
        "version": np.array([VERSION, revision]),
        "kinds": np.array([name.encode() for name in ties.table.names], dtype=np.bytes_),
        "agents": _ids(ties.agents),
        "agents_vis": ties.agents.vis,
        "organization": ties.organization,
        "sources": _ids(ties.sources),
        "sources_vis": ties.sources.vis,
        "a": ties.a,
        "b": ties.b,
        "version_pair": ties.versions.pair,
        "version_over": ties.versions.over,
        "version_under": ties.versions.under,
        **{f"row_{name}": getattr(settled.base, name) for name in _STORED},
    }


def restored(model: Model, stored: Arrays) -> tuple[Ties, int]:
    """The ties and the revision that arrays hold, under the model of today; what a `Projection` is made of.

    ValueError where they are of another version or name kinds the model does not have: read the store anew then.
    """
    version, revision = (int(number) for number in stored["version"])
    if version != VERSION:
        raise ValueError(f"the arrays are of version {version}, this program reads {VERSION}; read the store anew")
    empty = Ties.none(model)
    kind = _kinds(model, stored["kinds"])[stored["row_kind"]]
    columns: dict[str, NDArray[Any]] = {name: stored[f"row_{name}"] for name in _STORED}
    columns["kind"] = kind
    rows = Rows(**columns, full=strengths.full(kind, columns["weight"], empty.table))
    a, b = stored["a"], stored["b"]
    ties = replace(
        empty,
        agents=_register(stored["agents"], stored["agents_vis"]),
        sources=_register(stored["sources"], stored["sources_vis"]),
        organization=stored["organization"],
        a=a,
        b=b,
        adjacency=Adjacency.of(len(stored["agents"]), a, b, np.arange(len(a), dtype=np.int32)),
        base=rows,
        starts=np.searchsorted(rows.pair, np.arange(len(a) + 1)).astype(np.int32),
        versions=Versions(stored["version_pair"], stored["version_over"], stored["version_under"]),
    )
    return ties, revision


def _ids(register: Register) -> NDArray[np.bytes_]:
    return np.array([id.encode() for id in register.ids], dtype=np.bytes_)


def _register(ids: NDArray[np.bytes_], vis: NDArray[np.int16]) -> Register:
    return Register.numbered([id.decode() for id in ids.tolist()], vis)


def _kinds(model: Model, names: NDArray[np.bytes_]) -> NDArray[np.int8]:
    """The number each stored kind has in the model of today."""
    known = list(model.kinds)
    for name in names.tolist():
        model.kind(name.decode())
    return np.array([known.index(name.decode()) for name in names.tolist()], dtype=np.int8)
