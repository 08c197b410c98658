"""A process that writes the audit of a store: `python -m tests.graph.auditing MODE NAME STORE [USER PASSWORD]`.

With `append` it makes thirty entries, two at a time; with `killed` it answers a few questions as a server does and ends
without a farewell.
"""

import asyncio
import os
import sys
from pathlib import Path

from service.audit import Auditor
from service.engines.open import open_engine
from service.engines.protocol import Engine
from service.engines.stores import Folder, Server, Store
from service.graph.audit import Shown, append
from tests.conftest import PATIENT
from tests.graph.little import NOW, graph

ENTRIES = 30
KILLED = 9


def shown(*people: str) -> Shown:
    return Shown("pri-crm", "tok-1", NOW, "Who", ("person",), None, people)


async def appended(engine: Engine, name: str) -> None:
    for place in range(0, ENTRIES, 2):
        await append(graph(engine), [shown(f"per-{name}-{place + one}") for one in (0, 1)])


async def killed(engine: Engine, name: str) -> None:
    auditor = Auditor(graph(engine))
    auditor.begin()
    await auditor.enter(shown(f"per-{name}-early"), before=False)
    await asyncio.sleep(3)  # a store beside many others takes its time
    await auditor.enter(shown(f"per-{name}-purpose"), before=True)
    await auditor.enter(shown(f"per-{name}-late"), before=False)
    os._exit(KILLED)


async def main(mode: str, name: str, store: Store) -> None:
    engine = await open_engine(store, PATIENT)
    try:
        await (appended if mode == "append" else killed)(engine, name)
    finally:
        await engine.close()


def store_of(arguments: list[str]) -> Store:
    return Server(*arguments) if len(arguments) > 1 else Folder(Path(arguments[0]))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], store_of(sys.argv[3:])))
