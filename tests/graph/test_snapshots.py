"""The file that starts a projection fast."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import cast

import packs
from network.dates import moment
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.projection import Projection
from service.engines.protocol import Record
from service.graph.questions.clocks import At
from service.graph.questions.ties import Network
from service.graph.snapshots import WRITTEN, Snapshot
from service.graph.store import Graph, Scope
from service.graph.visibility import ALL

MODEL = packs.evidence()
SCOPE = Scope((0,))
AT = At("2026-11-23", None, "2026-11-23T12:00:00.000000Z")
PEOPLE = Delta(1, [AgentRow(id, 0, organization=False) for id in ("ann", "ben")], [SourceRow("list", 0)])


def met(revision: int, *ids: str, gone: tuple[str, ...] = ()) -> Delta:
    """Ann and Ben met long ago, once for each id."""
    rows = [EvidenceRow(id, "ann", "ben", "MEETING", None, 20000, 1.0, 1.0, 0, 10, None, "list") for id in ids]
    return Delta(revision, evidence=rows, gone=gone)


def recorded(page: Delta) -> list[dict[str, object]]:
    return [{"id": row.id, "recordedAt": moment(row.recorded), "retractedAt": None} for row in page.evidence]


class Store:
    """A store that tells what it was asked for; its revision is that of its last page."""

    name = "fake"

    def __init__(self, *pages: Delta) -> None:
        self.pages = list(pages)
        self.asked: list[int] = []

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        if text == ALL.text:
            return [{"rows": []}]
        if text == WRITTEN.text:
            ids = cast("list[str]", parameters["ids"])
            return [{"rows": [row for page in self.pages for row in recorded(page) if row["id"] in ids]}]
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


async def test_a_file_of_another_store_or_of_one_that_was_put_back_is_not_used(tmp_path: Path) -> None:
    await told(Store(PEOPLE, met(2, "other")).network(tmp_path))
    other = Store(PEOPLE, met(3, "e1"))
    assert (await told(other.network(tmp_path)), other.asked) == (["e1"], [0])

    later = met(3, "e1")
    again = Store(PEOPLE, Delta(3, evidence=[row._replace(recorded=11) for row in later.evidence]))
    assert (await told(again.network(tmp_path)), again.asked) == (["e1"], [0])


async def test_a_file_is_used_where_what_it_was_last_told_of_has_been_taken_back_since(tmp_path: Path) -> None:
    store = Store(PEOPLE, met(2, "e1"))
    await told(store.network(tmp_path))
    back = [row._replace(retracted=20) for row in met(2, "e1").evidence]
    store.pages.append(Delta(3, evidence=back))

    assert (await told(store.network(tmp_path)), store.asked) == ([], [0, 2])


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
    (tmp_path / "file").touch()

    assert await told(store.network(tmp_path / "file" / "folder")) == ["e1"]


def test_a_snapshot_holds_the_revision_it_was_taken_at(tmp_path: Path) -> None:
    Snapshot(tmp_path).write(Projection.of(MODEL, [PEOPLE, met(7, "e1")]))

    found = Snapshot(tmp_path).read(MODEL)

    assert found is not None
    assert found.revision == 7
