"""How long a service takes to be ready: from a store that is read whole, and from this machine's cache of it."""

import shutil
from contextlib import AbstractContextManager

from bench.scale.comparing import same
from bench.scale.figures import Figures, tell
from bench.scale.serving import Service, serving
from bench.scale.stored import PASSWORD
from bench.scale.world import World
from service.network import snapshot
from service.settings import Settings, read_settings


def settings(world: World) -> Settings:
    """The settings of a service before a world."""
    environment = {"PADDOCK_STORE": world.store.uri, "PADDOCK_STORE_PASSWORD": PASSWORD}
    return read_settings({**environment, "PADDOCK_CACHE": str(world.cache)})


def service(world: World) -> AbstractContextManager[Service]:
    """A service before a world."""
    return serving(world.store.uri, PASSWORD, world.cache, world.token)


def fill(world: World, found: Figures, *, read: bool) -> None:
    """Nothing, once the ties are in the cache: by a service that reads them from the store, or as they were written."""
    shutil.rmtree(world.cache, ignore_errors=True)
    if not (kept := snapshot(settings(world))):
        raise RuntimeError("a service before a Neo4j has no cache")
    if not read:
        kept.write(world.projection)
        return
    with service(world) as started:
        found.single["start from the store, s"] = started.ready
        found.single["memory, GB"] = started.memory
        found.single["times progress was told"] = started.progress
    tell(f"a service read the store in {found.single['start from the store, s']:.1f} s")
    if (back := kept.read(world.projection.ties.model)) is None:
        raise RuntimeError("the service left no cache behind")
    key = world.view.key
    same(back.view(key.clearance, key.as_of), world.view)
