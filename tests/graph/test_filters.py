"""Filters written out as alternatives, and which are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import Code, ServiceError
from service.graph.questions.filters import (
    EVERYTHING,
    NOTHING,
    Condition,
    OrganizationFilter,
    PersonFilter,
    TextFilter,
    alternatives,
)


def kind(name: str, *, holds: bool = True) -> Condition:
    return Condition("kind", "eq", name, holds)


A, B, C = (OrganizationFilter(kind=name) for name in "abc")


def test_nothing_asked_keeps_everything_and_no_choice_keeps_nothing() -> None:
    assert [alternatives(one) for one in (None, PersonFilter(), OrganizationFilter(every=()))] == [EVERYTHING] * 3
    assert [alternatives(one) for one in (PersonFilter(some=()), PersonFilter(none=PersonFilter()))] == [NOTHING] * 2


def test_choices_among_what_all_counts_are_written_out() -> None:
    assert alternatives(OrganizationFilter(country="gb", some=(A, B))) == (
        (Condition("country", "eq", "GB", holds=True), kind("a")),
        (Condition("country", "eq", "GB", holds=True), kind("b")),
    )


def test_not_turns_choices_into_what_all_counts_and_back() -> None:
    neither = OrganizationFilter(none=OrganizationFilter(some=(A, B)))
    not_both = OrganizationFilter(none=OrganizationFilter(every=(A, B)))
    twice = OrganizationFilter(none=OrganizationFilter(none=A))
    assert alternatives(neither) == ((kind("a", holds=False), kind("b", holds=False)),)
    assert alternatives(not_both) == ((kind("a", holds=False),), (kind("b", holds=False),))
    assert alternatives(twice) == ((kind("a"),),)


def test_names_are_folded_and_each_way_of_comparing_is_a_condition() -> None:
    name = TextFilter(eq="Zoë", contains="O'B", starts_with="A.", one_of=("X Y", "z"))
    assert [condition.told() for condition in alternatives(PersonFilter(name=name))[0]] == [
        {"field": "name", "op": "eq", "value": "zoe", "holds": True},
        {"field": "name", "op": "contains", "value": "ob", "holds": True},
        {"field": "name", "op": "startsWith", "value": "a", "holds": True},
        {"field": "name", "op": "in", "value": ["x y", "z"], "holds": True},
    ]


def nested(steps: int) -> PersonFilter:
    return PersonFilter(none=nested(steps - 1)) if steps else PersonFilter()


PAIR = OrganizationFilter(some=(A, B))


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (
            OrganizationFilter(every=(A,) * 51),
            "the filter has 51 conditions; give at most 50",
        ),
        (
            OrganizationFilter(
                every=tuple(
                    OrganizationFilter(some=tuple(OrganizationFilter(kind=f"{row}{one}") for one in range(5)))
                    for row in range(3)
                )
            ),
            "written out, the filter has 125 alternatives; at most 100 are answered: ask for parts",
        ),
        (nested(10), "the filter is nested too deep; put at most 10 into one another"),
        (
            OrganizationFilter(
                suppliers=OrganizationFilter(suppliers=OrganizationFilter(customers=OrganizationFilter()))
            ),
            "suppliers and customers are followed 2 steps; leave out those further away",
        ),
        (PersonFilter(name=TextFilter(eq=" . ")), "name.eq has nothing to compare; give at least one letter or digit"),
        (PersonFilter(name=TextFilter(contains="x" * 201)), "name.contains has 201 characters; give at most 200"),
        (PersonFilter(name=TextFilter(one_of=("x",) * 101)), "name.in has 101 names; give at most 100"),
    ],
)
def test_a_filter_that_is_too_large_or_asks_for_no_text_is_refused(
    wanted: PersonFilter | OrganizationFilter, message: str
) -> None:
    with pytest.raises(ServiceError) as refused:
        alternatives(wanted)
    assert (refused.value.code, refused.value.message) == (Code.BAD_USER_INPUT, message)


def wanteds() -> st.SearchStrategy[OrganizationFilter]:
    plain = st.sampled_from("abc").map(lambda name: OrganizationFilter(kind=name))

    def wider(inner: st.SearchStrategy[OrganizationFilter]) -> st.SearchStrategy[OrganizationFilter]:
        few = st.lists(inner, max_size=2).map(tuple)
        return st.builds(
            OrganizationFilter,
            kind=st.none() | st.sampled_from("abc"),
            every=few,
            some=st.none() | few,
            none=st.none() | inner,
        )

    return st.recursive(plain, wider, max_leaves=6)


def so(wanted: OrganizationFilter, kinds: frozenset[str]) -> bool:
    """Whether a filter keeps an organization of these kinds, read as it is nested."""
    return (
        (wanted.kind is None or wanted.kind in kinds)
        and all(so(one, kinds) for one in wanted.every)
        and (wanted.some is None or any(so(one, kinds) for one in wanted.some))
        and (wanted.none is None or not so(wanted.none, kinds))
    )


@given(wanteds(), st.frozensets(st.sampled_from("abc")))
def test_written_out_a_filter_keeps_what_it_keeps_as_it_is_nested(
    wanted: OrganizationFilter, kinds: frozenset[str]
) -> None:
    written = alternatives(wanted)
    assert any(all((str(one.value) in kinds) == one.holds for one in each) for each in written) == so(wanted, kinds)
