"""The file that starts a projection fast."""

from collections.abc import AsyncIterator
from pathlib import Path

import packs
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.projection import Projection
from service.engines.protocol import Record
from service.graph.questions.clocks import At
from service.graph.questions.ties import Network
from service.graph.snapshots import Snapshot
from service.graph.store import Graph, Scope

MODEL = packs.evidence()
SCOPE = Scope((0,))
AT = At("2026-11-23", None, "2026-11-23T12:00:00.000000Z")
PEOPLE = Delta(1, [AgentRow(id, 0, organization=False) for id in ("ann", "ben")], [SourceRow("list", 0)])


def met(revision: int, *ids: str, gone: tuple[str, ...] = ()) -> Delta:
    """Ann and Ben met long ago, once for each id."""
    rows = [EvidenceRow(id, "ann", "ben", "MEETING", None, 20000, 1.0, 1.0, 0, 10, None, "list") for id in ids]
    return Delta(revision, evidence=rows, gone=gone)


class Store:
    """A store that tells what it was asked for; its revision is that of its last page."""

    name = "fake"

    def __init__(self, *pages: Delta) -> None:
        self.pages = list(pages)
        self.asked: list[int] = []

    async def read(self, text: str, parameters: object) -> list[Record]:
        return [{"rows": [{"number": self.pages[-1].revision, "micros": 1}]}]

    async def feed(self, graph: Graph, since: int) -> AsyncIterator[Delta]:
        self.asked.append(since)
        for page in self.pages:
            if page.revision > since:
                yield page

    def network(self, folder: Path) -> Network:
        return Network(Graph(self, lambda: AT.now), MODEL, self.feed, Snapshot(folder))  # type: ignore[arg-type]


def modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}


async def told(network: Network) -> list[str]:
    return [item.id for item in (await network.view(SCOPE, AT)).evidence("ann", "ben")]


async def test_the_second_start_reads_only_what_changed_since_the_first(tmp_path: Path) -> None:
    store = Store(PEOPLE, met(2, "e1"))
    first = await told(store.network(tmp_path))
    store.pages.append(met(3, "e2"))

    second = await told(store.network(tmp_path))

    assert (first, second, store.asked) == (["e1"], ["e1", "e2"], [0, 2])


async def test_only_the_owner_may_read_the_file_and_nothing_else_is_left_beside_it(tmp_path: Path) -> None:
    await told(Store(PEOPLE, met(2, "e1")).network(tmp_path))

    assert modes(tmp_path) == {"ties.zip": 0o600}


async def test_a_file_that_is_cut_off_or_something_else_is_not_used(tmp_path: Path) -> None:
    store = Store(PEOPLE, met(2, "e1"))
    await told(store.network(tmp_path))
    whole = (tmp_path / "ties.zip").read_bytes()

    for content in (whole[: len(whole) // 2], b"", b"PK\x03\x04", b"\x93NUMPY nonsense"):
        (tmp_path / "ties.zip").write_bytes(content)
        assert await told(store.network(tmp_path)) == ["e1"]

    assert store.asked == [0] * 5


async def test_a_file_of_a_store_that_has_come_further_is_not_used(tmp_path: Path) -> None:
    await told(Store(PEOPLE, met(9, "other")).network(tmp_path))
    store = Store(PEOPLE, met(2, "e1"))

    assert (await told(store.network(tmp_path)), store.asked) == (["e1"], [0])


async def test_what_is_erased_leaves_the_file(tmp_path: Path) -> None:
    store = Store(PEOPLE, met(2, "e1", "e2"))
    network = store.network(tmp_path)
    await told(network)
    store.pages.append(met(3, gone=("e1",)))

    assert await told(network) == ["e2"]
    assert not (tmp_path / "ties.zip").exists()


async def test_few_changes_do_not_rewrite_the_file(tmp_path: Path) -> None:
    store = Store(PEOPLE, met(2, "e1"))
    network = store.network(tmp_path)
    await told(network)
    before = (tmp_path / "ties.zip").read_bytes()
    store.pages.append(met(3, "e2"))

    assert await told(network) == ["e1", "e2"]
    assert (tmp_path / "ties.zip").read_bytes() == before


async def test_a_folder_that_cannot_be_written_costs_nothing_but_the_file(tmp_path: Path) -> None:
    store = Store(PEOPLE, met(2, "e1"))

    assert await told(store.network(tmp_path / "missing")) == ["e1"]


def test_a_snapshot_holds_the_revision_it_was_taken_at(tmp_path: Path) -> None:
    Snapshot(tmp_path).write(Projection.of(MODEL, [PEOPLE, met(7, "e1")]))

    found = Snapshot(tmp_path).read(MODEL)

    assert found is not None
    assert found.revision == 7
