"""Things by their names, and what somebody means who writes one."""

import pytest

from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.model import AgentKind, Identity
from service.graph.questions.names import Meant, resolve
from service.graph.questions.pages import Page
from service.graph.questions.rows import Capability, EntityKind
from service.graph.questions.search import EVERYTHING as ALL_KINDS
from service.graph.questions.search import search
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYBODY, EVERYTHING, MEMBERS, Little, organization, person


async def found(
    graph: Graph, text: str, scope: Scope = EVERYBODY, kinds: tuple[EntityKind, ...] = ALL_KINDS
) -> list[tuple[str, str, str]]:
    return [(hit.id, hit.label, hit.because) for hit in (await search(graph, scope, text, kinds)).rows]


async def test_an_exact_match_of_any_name_comes_first_and_the_hit_tells_which_name_it_was(engine: Engine) -> None:
    made = Little()
    made.node("per-1", "Chris McDonald")
    made.node("per-2", "Christine McDonald-Smith", otherNames=["Chris McDonald MP"], otherNamesVis=[0])
    made.node("per-3", "C. McD.", otherNames=["Chrís  mcdonald"], otherNamesVis=[0])
    made.node("per-4", "McDonald Chris John")
    made.node("per-5", "Chris Smith")
    graph = await made.save(engine)

    assert await found(graph, "chris MCDONALD") == [
        ("per-1", "Chris McDonald", "the name is exactly what was asked for"),
        ("per-3", "Chrís  mcdonald", "another name, Chrís  mcdonald, is exactly what was asked for"),
        ("per-2", "Chris McDonald MP", "another name, Chris McDonald MP, begins with what was asked for"),
        ("per-4", "McDonald Chris John", "the name has every word that was asked for"),
    ]
    assert await found(graph, "chr mcd") == [
        ("per-1", "Chris McDonald", "the name has words that begin like those asked for"),
        ("per-4", "McDonald Chris John", "the name has words that begin like those asked for"),
        ("per-2", "Christine McDonald-Smith", "the name has words that begin like those asked for"),
        ("per-3", "Chrís  mcdonald", "another name, Chrís  mcdonald, has words that begin like those asked for"),
    ]


async def test_words_of_two_names_do_not_add_up_to_a_match(engine: Engine) -> None:
    made = Little()
    made.node("per-1", "Ann Alloy", otherNames=["A. Bearing"], otherNamesVis=[0])
    graph = await made.save(engine)

    assert await found(graph, "ann bearing") == []


async def test_a_match_on_nothing_but_a_hidden_name_is_no_match(engine: Engine) -> None:
    made = Little()
    made.node("per-1", "Ann Alloy", otherNames=["Maiden Name"], otherNamesVis=[MEMBERS])
    made.node("per-2", "Maiden Hidden", vis=MEMBERS)
    graph = await made.save(engine)

    assert await found(graph, "maiden") == []
    assert [id for id, *_ in await found(graph, "maiden", EVERYTHING)] == ["per-2", "per-1"]


async def test_every_kind_is_searched_and_kinds_narrow_the_search(engine: Engine) -> None:
    made = Little()
    for id in ("per-1", "org-1", "pst-1", "evt-1", "iss-1"):
        made.node(id, "Grinding")
    made.node("cap-1", "abrasive machining", altLabels=["grinding"])
    graph = await made.save(engine)

    everything = await search(graph, EVERYBODY, "grinding", page=Page(total=True))
    some = await search(graph, EVERYBODY, "grinding", [EntityKind.CAPABILITY, EntityKind.POST])

    assert [(hit.id, hit.kind.value) for hit in everything.rows] == [
        ("evt-1", "EVENT"),
        ("iss-1", "ISSUE"),
        ("org-1", "ORGANIZATION"),
        ("per-1", "PERSON"),
        ("pst-1", "POST"),
        ("cap-1", "CAPABILITY"),
    ]
    assert everything.total == 6
    assert [hit.node for hit in some.rows][1] == Capability("cap-1", "abrasive machining", ("grinding",))
    assert (some.total, [hit.id for hit in some.rows]) == (None, ["pst-1", "cap-1"])


async def test_search_pages_in_both_directions_by_signed_cursors(engine: Engine) -> None:
    made = Little()
    for number in range(5):
        made.node(f"per-{number}", f"Ann {number}")
    graph = await made.save(engine)

    first = await search(graph, EVERYBODY, "ann", page=Page(first=2))
    rest = await search(graph, EVERYBODY, "ann", page=Page(first=9, after=first.cursors[-1]))
    back = await search(graph, EVERYBODY, "ann", page=Page(last=2, before=rest.cursors[0]))

    assert [[hit.id for hit in page.rows] for page in (first, rest, back)] == [
        ["per-0", "per-1"],
        ["per-2", "per-3", "per-4"],
        ["per-0", "per-1"],
    ]
    with pytest.raises(ServiceError) as error:
        await search(graph, EVERYBODY, "ben", page=Page(after=first.cursors[0]))
    assert error.value.code is Code.BAD_USER_INPUT


@pytest.mark.parametrize("text", ["", "  ", "-*-", "x" * 201])
async def test_a_text_without_words_or_too_long_is_refused(engine: Engine, text: str) -> None:
    graph = await Little().save(engine)

    with pytest.raises(ServiceError) as error:
        await search(graph, EVERYBODY, text)

    assert error.value.code is Code.BAD_USER_INPUT


@pytest.mark.parametrize("text", ["or", "AND or NOT", 'ann) OR (x:"*"', "ann~2", "ann^5 \\", "[a TO z]"])
async def test_the_index_never_reads_a_text_as_its_own_syntax(engine: Engine, text: str) -> None:
    made = Little()
    made.node("per-1", "Ann Alloy")
    made.node("per-2", "Not And Or")
    graph = await made.save(engine)

    assert [id for id, *_ in await found(graph, text)] == (["per-2"] if text in {"or", "AND or NOT"} else [])


async def test_a_name_an_identifier_and_an_id_mean_one_thing(engine: Engine) -> None:
    number = Identity(AgentKind.ORGANIZATION, "gb-coh", "00882843")
    made = Little()
    made.node(number.agent, "Silverstone Circuits")
    made.node(number.id, scheme="gb-coh", value="00882843", kind="Organization", agent=number.agent)
    made.claim("IDENTIFIED_BY", number.agent, number.id, "clm-1", names=[])
    made.node("org-2", "Silverstone")
    made.node("per-1", "Silverstone")
    graph = await made.save(engine)
    circuits = organization(number.agent, "Silverstone Circuits")
    firms = (EntityKind.ORGANIZATION,)

    for text in (number.agent, "gb-coh:00882843", "silverstone circuits", " Silverstone  CIRCUITS "):
        assert await resolve(graph, EVERYBODY, text, firms) == Meant(circuits)
    assert await resolve(graph, EVERYBODY, "Silverstone", firms) == Meant(organization("org-2", "Silverstone"))


async def test_an_ambiguous_name_means_its_candidates_and_an_unknown_one_none(engine: Engine) -> None:
    made = Little()
    made.node("org-1", "Silverstone")
    made.node("per-1", "Silverstone")
    made.node("per-2", "Silverstone Smith")
    graph = await made.save(engine)

    both = Meant(None, (organization("org-1", "Silverstone"), person("per-1", "Silverstone")))
    assert await resolve(graph, EVERYBODY, "silverstone") == both
    assert await resolve(graph, EVERYBODY, "Smith") == Meant(person("per-2", "Silverstone Smith"))
    assert await resolve(graph, EVERYBODY, "Smi") == Meant(None, (person("per-2", "Silverstone Smith"),))
    assert await resolve(graph, EVERYBODY, "nobody") == await resolve(graph, EVERYBODY, "--") == Meant(None)
