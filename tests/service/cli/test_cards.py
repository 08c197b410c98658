"""The ledger of cards from the shell."""

import asyncio

import pytest

from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.schema.test_cards import cards
from tests.service.cli.shell import Said, Shell

AT = "2026-11-23T12:00:00.000000Z"
UNTIL = ("--until", "2026-11-23", "--known-at", AT, "--role", "members")

pytestmark = pytest.mark.embedded


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], embedded_store: Folder) -> Shell:
    return Shell(capsys, str(embedded_store.path))


async def asked(embedded: Engine, shell: Shell, *arguments: str) -> Said:
    await cards().save(embedded)
    return await asyncio.to_thread(shell, "cards", *arguments)


async def test_the_ledger_is_a_table_with_a_line_that_counts_each_exchange_once(embedded: Engine, shell: Shell) -> None:
    drawn = await asked(embedded, shell, *UNTIL)
    assert (drawn.code, [line.rstrip() for line in drawn.out.splitlines()]) == (
        0,
        [
            "Cards by person, up to 2026-11-23",
            "as of 2026-11-23, as known at 2026-11-23T12:00:00.000000Z",
            "",
            "person              given  received  swapped  new organizations  contact again in 90 days",
            "Ann Alloy               1         0        1                  1                         1",
            "Ben Bearing             0         1        1                  1                         1",
            "each exchange once      1         1        1",
            "1 pair exchanged their first card",
        ],
    )


async def test_filters_stand_in_the_title_and_those_without_a_name_in_their_own_row(
    embedded: Engine, shell: Shell
) -> None:
    drawn = await asked(embedded, shell, "--person", "Ann Alloy", "--by", "event", "--from", "2026-10-01", *UNTIL)
    lines = [line.rstrip() for line in drawn.out.splitlines()]
    assert lines[0] == "Cards by event, Ann Alloy, 2026-10-01 to 2026-11-23"
    assert lines[4:] == [
        "Fair                    0         0        1                  1                         1",
        "(at no event)           1         0        0                  0                         0",
        "each exchange once      1         0        1",
        "1 pair exchanged their first card",
    ]


async def test_rows_that_are_not_shown_are_counted_and_still_in_the_totals(embedded: Engine, shell: Shell) -> None:
    drawn = await asked(embedded, shell, "--first", "1", *UNTIL)
    lines = [line.rstrip() for line in drawn.out.splitlines()]
    assert lines[4:] == [
        "Ann Alloy                           1         0        1                  1                         1",
        "and 1 more; --first shows them",
        "each exchange once                  1         1        1",
        "1 pair exchanged their first card",
    ]


async def test_the_ledger_in_json_has_the_words_of_the_contract(embedded: Engine, shell: Shell) -> None:
    said = await asked(embedded, shell, "--by", "organization", "--event", "Fair", "--json", *UNTIL)

    def row(id: str, name: str) -> dict[str, object]:
        numbers = {"given": 0, "received": 0, "swapped": 1, "newOrganizations": 1, "secondContactWithin90Days": 1}
        return {"person": None, "organization": {"id": id, "name": name}, "event": None, **numbers}

    assert said.json == {
        "groupBy": "ORGANIZATION",
        "from": None,
        "asOf": "2026-11-23",
        "knownAt": AT,
        "rows": [row("org-forge", "Forge Ltd"), row("org-gears", "Gears Ltd")],
        "given": 0,
        "received": 0,
        "swapped": 1,
        "newPairs": 1,
    }


async def test_no_cards_end_with_3_and_a_word_that_is_no_row_with_2(embedded: Engine, shell: Shell) -> None:
    none = await asked(embedded, shell, "--until", "2020-01-01")
    assert (none.code, none.out.splitlines()[-1]) == (3, "No cards changed hands.")
    wrong = await asyncio.to_thread(shell, "cards", "--by", "colour")
    assert (wrong.code, wrong.err) == (
        2,
        "paddock: 'colour' is no sort of rows; take one of person, organization, event\n",
    )
