"""A store's engine, whichever it is."""

from service.engines.protocol import Deadlines, Engine
from service.engines.stores import Folder, Store


async def open_engine(store: Store, deadlines: Deadlines | None = None) -> Engine:
    """The engine of a store, once it has answered. Whoever opens it closes it, on the same event loop."""
    # The one that is not used is not imported: the command line starts fast.
    if isinstance(store, Folder):
        from service.engines.embedded.engine import open_folder  # noqa: PLC0415

        return await open_folder(store, deadlines or Deadlines())
    from service.engines import neo4j  # noqa: PLC0415

    return await neo4j.connect(store, deadlines or Deadlines())
