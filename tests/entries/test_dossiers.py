"""All that is held on one person, on each engine: the whole of it, without anybody else."""

import json

import pytest

from service.auth import Role
from service.engines.protocol import Engine
from service.entries.dossiers import dossier
from service.entries.limits import LimitsEntry, set_introducer_limits
from service.entries.retractions import RetractionEntry, retract_claim
from service.errors import Code, ServiceError
from service.graph.audit import Shown, append
from service.graph.model import Mode
from tests.entries.introducing import key, met, requested
from tests.entries.rooms import ADA, BEN, CAT, DINNER, FORGE, room, viewer
from tests.graph.sayings import NOW, Saying, person, relations
from web.dossier import page

ADA_MP = person("77", "parliament")
OTHER = {"withheld": "another person", "because": "data of a third party"}


async def test_a_person_is_told_everything_about_them_and_nothing_about_anybody_else(engine: Engine) -> None:
    said = Saying("work", Mode.LOG).names(ADA, "A. Byron").joins(ADA, ADA_MP)
    said.says("WORKS_FOR", ADA, FORGE, start="2019", end="..", unit="employer:forge", role="buyer", vis=1)
    said.says("ATTENDED", ADA, DINNER, start="2026-03-02", unit="event:dinner", status="ATTENDED", vis=3)
    said.says("ATTENDED", BEN, DINNER, start="2026-03-02", unit="event:dinner", status="ATTENDED")
    found = await room(engine, said)
    staff, ada = await viewer(found, Role.STAFF, "staff"), ADA_MP.agent
    await met(found, staff, ada, BEN.agent, CAT.agent, subject="Samples, with Ben Hope", on="2026-05-04")
    await requested(found, staff, ada, BEN.agent, CAT.agent, concerning="steel")
    for who, never in ((ada, (CAT.agent,)), (CAT.agent, (ada,))):
        await set_introducer_limits(found, staff, LimitsEntry(key=key(), person=who, never=never, asks_per_quarter=2))
    ((work, *_), *_) = await relations(engine, "WORKS_FOR", "id")
    steward = await viewer(found, Role.STEWARD, "steward")
    await retract_claim(found, steward, RetractionEntry(key=key(), claim=str(work), reason="Ben Hope says so"))
    await append(found.graph, [Shown("owner", None, NOW, "Who", ("person",), "the duty", (ada, BEN.agent))])

    told = await dossier(found.graph, await viewer(found, Role.DATA_PROTECTION_OFFICER, purpose="access"), ada)

    text = json.dumps(told)
    assert not [one for one in ("Ben Hope", "Cat Stone", BEN.agent, CAT.agent) if one in text]
    assert told["person"] == {
        "id": ada,
        "name": "Ada Byron",
        "otherNames": ["A. Byron"],
        "alsoKnownAs": [ADA.agent],
    }
    by_hand = {"enteredBy": "staff", "locator": None, "confidence": 1.0, "publisher": None, "visibleTo": "STAFF"}
    source = {"source": "Recorded by Staff", "recordedAt": told["meetings"][0]["parts"][0]["provenance"]["recordedAt"]}  # type: ignore[index,call-overload]
    assert told["meetings"] == [
        {
            "id": told["meetings"][0]["id"],  # type: ignore[index,call-overload]
            "on": "2026-05-04",
            "status": "HELD",
            "subject": "Samples, with [withheld]",
            "parts": [
                {
                    "says": "TOOK_PART_IN",
                    "on": "2026-05-04",
                    "status": "HELD",
                    "provenance": {**by_hand, **source, "retractedAt": None},
                }
            ],
            "others": [OTHER, OTHER],
        }
    ]
    statements = [
        (one["says"], one["other"]["name"], one.get("role"), one["provenance"].get("retractedBecause"))
        for one in json.loads(text)["statements"]
    ]
    assert statements == [
        ("ATTENDED", "Dinner", None, None),
        ("WORKS_FOR", "Forge" if "Forge" in text else "00882843", "buyer", "[withheld] says so"),
    ]
    assert sorted(one["identifier"] for one in json.loads(text)["identifiers"]) == [
        "name:Ada Byron",
        "name:Ada Byron",
        "parliament:77",
    ]
    assert sorted((one["kind"], one["other"] == OTHER) for one in json.loads(text)["evidence"]) == [
        ("SHARED_EVENT", True),
        ("SMALL_GROUP", True),
        ("SMALL_GROUP", True),
    ]
    assert [(one["concerning"], one["others"]) for one in json.loads(text)["introductions"]] == [
        ("steel", [OTHER, OTHER])
    ]
    assert told["limits"] == {
        "own": [{"asksPerQuarter": 2, "never": [OTHER]}],
        "neverAskedBy": {"people": 1, "because": "data of a third party"},
    }
    assert [one["operation"] for one in json.loads(text)["requests"]] == ["setIntroducerLimits"]
    assert told["shownTo"] == [{"at": NOW, "to": "owner", "asked": ["Who", "person"], "purpose": "the duty"}]
    assert told["withheld"] == {"people": 2, "because": "data of a third party"}

    html = page(told)
    assert not [
        one for one in ("Ben Hope", "Cat Stone", BEN.agent, "<script", "http:", "https:", "src=") if one in html
    ]
    for one in ("Ada Byron", "parliament:77", "Dinner", "Samples, with [withheld]", "taken back", "the duty"):
        assert one in html


async def test_only_a_data_protection_officer_may_ask_and_only_for_a_person(engine: Engine) -> None:
    found = await room(engine)
    for role in (Role.STAFF, Role.STEWARD, Role.ADMIN):
        with pytest.raises(ServiceError) as refused:
            await dossier(found.graph, await viewer(found, role), ADA.agent)
        assert refused.value.code is Code.FORBIDDEN
    for id in (FORGE.agent, "per-nobody"):
        with pytest.raises(ServiceError) as missing:
            await dossier(found.graph, await viewer(found), id)
        assert missing.value.code is Code.NOT_FOUND
