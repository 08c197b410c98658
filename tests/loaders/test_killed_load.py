"""Loads killed with SIGKILL and started again: the graph is that of one load that nobody disturbed."""

import os
from pathlib import Path

import pytest

from service.engines.protocol import Engine
from service.engines.stores import Folder, Server
from tests.conftest import emptied
from tests.loaders.invented import FOLDER, copy
from tests.loaders.killing import Loader, Moment, Stage, Tally, contents, embedded, rows_of

REAL = os.environ.get("PADDOCK_MOTORSPORT_UK")
SEED = 20261124
STATUSES = "MATCH (b:ImportBatch) WITH b ORDER BY b.id RETURN b.status AS status"

real_data = pytest.mark.skipif(REAL is None, reason="NO REAL DATA: set PADDOCK_MOTORSPORT_UK to its folder")


def corrected(scratch: Path) -> Path:
    """The set with a person who is two people now, a row that is gone and a row that says something else."""
    folder = copy(scratch)
    members, ties = folder / "appg_memberships.csv", folder / "interest_ties.csv"
    members.write_text(members.read_text("utf-8").replace(",9001,", ",,"), "utf-8")
    kept = [line for line in ties.read_text("utf-8").splitlines(keepends=True) if "104_4_6" not in line]
    ties.write_text("".join(kept).replace("1350.0", "1360.0"), "utf-8")
    return folder


def loaded(scratch: Path) -> Path:
    """A store that holds the set as it is."""
    loader = embedded(scratch, FOLDER).loader
    assert loader.run().report
    return Path(loader.store).rename(scratch / "template")


def server(store: Server, engine: Engine, scratch: Path, files: Path) -> Stage:
    """A load into a real Neo4j that is empty before each."""
    way_in = {"PADDOCK_STORE_USER": store.user, "PADDOCK_STORE_PASSWORD": store.password}

    loader = Loader(store.uri, files, scratch, way_in)
    return Stage(loader, lambda: emptied(engine), lambda: contents(engine))


def same_as_undisturbed(tally: Tally, kills: int, inside: int) -> bool:
    """Whether there were so many kills and each story ended as a load that nobody disturbed."""
    assert tally.differences[:10] == []
    return tally.kills >= kills and tally.inside >= inside


@pytest.mark.embedded
@pytest.mark.slow
async def test_a_first_load_killed_five_times_ends_as_one_that_nobody_disturbed(tmp_path: Path) -> None:
    tally = await embedded(tmp_path, FOLDER).told(5, 2, SEED)
    assert same_as_undisturbed(tally, 5, 2)


@pytest.mark.embedded
@pytest.mark.slow
async def test_a_correcting_load_killed_five_times_ends_as_one_that_nobody_disturbed(tmp_path: Path) -> None:
    tally = await embedded(tmp_path, corrected(tmp_path), loaded(tmp_path)).told(5, 2, SEED)
    assert same_as_undisturbed(tally, 5, 2)


@pytest.mark.neo4j
@pytest.mark.slow
async def test_a_load_into_neo4j_killed_four_times_ends_as_one_that_nobody_disturbed(
    neo4j: Engine, neo4j_store: Server, tmp_path: Path
) -> None:
    tally = await server(neo4j_store, neo4j, tmp_path, FOLDER).told(4, 2, SEED)
    assert same_as_undisturbed(tally, 4, 2)


@pytest.mark.embedded
@pytest.mark.slow
async def test_a_load_killed_inside_its_second_transaction_is_finished_and_closed_by_the_next(tmp_path: Path) -> None:
    loader, folder = embedded(tmp_path, FOLDER).loader, Folder(tmp_path / "store")
    assert loader.run(Moment(3, 0.0)).log == ("begun", "committed", "begun")
    assert await rows_of(folder, STATUSES) == [{"status": "OPEN"}]
    report = loader.run().report
    assert report
    assert report["finishedInterrupted"] is True
    assert await rows_of(folder, STATUSES) == [{"status": "CLOSED"}]


@pytest.mark.embedded
@pytest.mark.soak
@real_data
async def test_a_load_of_the_real_set_killed_thirty_times_ends_as_one_that_nobody_disturbed(tmp_path: Path) -> None:
    tally = await embedded(tmp_path, Path(REAL or "")).told(30, 10, SEED)
    assert same_as_undisturbed(tally, 30, 10)


@pytest.mark.neo4j
@pytest.mark.soak
@real_data
async def test_a_load_of_the_real_set_into_neo4j_killed_ten_times_ends_as_one_that_nobody_disturbed(
    neo4j: Engine, neo4j_store: Server, tmp_path: Path
) -> None:
    tally = await server(neo4j_store, neo4j, tmp_path, Path(REAL or "")).told(10, 4, SEED)
    assert same_as_undisturbed(tally, 10, 4)
