"""Cards counted in rows and in all: the same as counting them slowly, and reconciled whatever is asked."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from service.graph.questions.tallies import Card, Contact, LedgerGroup, Tally, Terms, tallies
from tests.graph.counting import Counting, Employers, employer

PEOPLE = ("ann", "ben", "cat", "dan")
FIRMS = ("forge", "gears")
EVENTS = ("fair", None)
DAYS = [(date(2026, 1, 1) + timedelta(step * 20)).isoformat() for step in range(8)]

several = settings(max_examples=300, deadline=None)


@st.composite
def cards(draw: st.DrawFn) -> list[Card]:
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(DAYS), st.permutations(PEOPLE).map(lambda found: found[:2]), st.booleans(),
                st.sampled_from(EVENTS),
            ),
            max_size=9,
        )
    )  # fmt: skip
    return [
        Card(on, f"crd-{n}", pair[0], pair[1], swapped, event) for n, (on, pair, swapped, event) in enumerate(drawn)
    ]


@st.composite
def meetings(draw: st.DrawFn) -> list[Contact]:
    people = st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=3, unique=True).map(tuple)
    return [Contact(on, there) for on, there in draw(st.lists(st.tuples(st.sampled_from(DAYS), people), max_size=3))]


@st.composite
def employers(draw: st.DrawFn) -> Employers:
    stay = st.tuples(st.sampled_from(DAYS[:4]), st.sampled_from(FIRMS), st.sampled_from(DAYS[2:]))
    return {person: draw(st.lists(stay, max_size=2)) for person in PEOPLE}


terms = st.builds(
    Terms,
    group=st.sampled_from(LedgerGroup),
    person=st.sampled_from((None, None, "ann")),
    organization=st.sampled_from((None, None, "forge")),
    event=st.sampled_from((None, None, "fair")),
    since=st.sampled_from((None, DAYS[3])),
)


@several
@given(cards=cards(), meetings=meetings(), employers=employers(), terms=terms)
def test_rows_and_totals_are_what_counting_one_by_one_gives(
    cards: list[Card], meetings: list[Contact], employers: Employers, terms: Terms
) -> None:
    found = tallies(cards, meetings, lambda person, on: employer(employers, person, on), terms)
    slow = Counting(cards, meetings, employers, terms, DAYS[-1])
    total = slow.total()

    def told(tally: Tally) -> tuple[int, int, int, int]:
        return tally.given, tally.received, tally.swapped, len(tally.organizations)

    assert {key: told(tally) for key, tally in found.rows.items()} == {
        key: (row.given, row.received, row.swapped, row.new_organizations) for key, row in slow.rows().items()
    }
    assert told(found.total)[:3] == (total.given, total.received, total.swapped)
    assert len(found.total.pairs) == slow.new_pairs()


@several
@given(cards=cards(), meetings=meetings(), employers=employers(), terms=terms)
def test_over_all_rows_given_and_received_are_the_totals(
    cards: list[Card], meetings: list[Contact], employers: Employers, terms: Terms
) -> None:
    found = tallies(cards, meetings, lambda person, on: employer(employers, person, on), terms)
    assert sum(row.given for row in found.rows.values()) == found.total.given
    assert sum(row.received for row in found.rows.values()) == found.total.received


@several
@given(cards=cards(), employers=employers(), since=st.sampled_from((None, DAYS[3])), event=st.sampled_from(EVENTS))
def test_over_persons_given_is_received_and_a_swap_counts_twice_over_events_once(
    cards: list[Card], employers: Employers, since: str | None, event: str | None
) -> None:
    def rows(group: LedgerGroup) -> tuple[list[Tally], Tally]:
        asked = Terms(group, event=event, since=since)
        found = tallies(cards, (), lambda person, on: employer(employers, person, on), asked)
        return list(found.rows.values()), found.total

    persons, total = rows(LedgerGroup.PERSON)
    events, same = rows(LedgerGroup.EVENT)
    assert total.given == total.received == sum(row.given for row in persons) == sum(row.received for row in persons)
    assert sum(row.swapped for row in persons) == 2 * total.swapped
    assert sum(row.swapped for row in events) == total.swapped == same.swapped
    assert sum(len(row.pairs) for row in persons) == 2 * len(total.pairs)
    chosen = [card for card in cards if card.on >= (since or "") and event in {None, card.event}]
    assert total.given + total.swapped == len(chosen)


def test_a_swap_inside_one_company_counts_once_in_its_row() -> None:
    swapped = [Card("2026-01-01", "crd-1", "ann", "ben", swapped=True), Card("2026-01-02", "crd-2", "ann", "ben")]
    found = tallies(swapped, (), lambda person, on: "forge", Terms(LedgerGroup.ORGANIZATION))
    row = found.rows["forge"]
    assert (list(found.rows), row.given, row.received, row.swapped) == (["forge"], 1, 1, 1)
