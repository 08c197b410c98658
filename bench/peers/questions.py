"""What is asked of all three, and how each of them puts the same answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

HOME = Path(__file__).parent
Json = Any
Plain = Callable[[Json], Json]


@dataclass(frozen=True, slots=True)
class Reach:
    """How many times as fast as the peer: answers by one client, and how many for sixteen."""

    p50: float
    throughput: float


@dataclass(frozen=True, slots=True)
class Operation:
    """One question: its name, what people call it, what has to be reached, and both answers in plain form."""

    name: str
    title: str
    reach: Reach
    ours: Plain
    theirs: Plain

    def documents(self) -> tuple[str, str]:
        """The document of our contract and that of the peer's."""
        ours, theirs = (HOME / side / f"{self.name}.graphql" for side in ("ours", "theirs"))
        return ours.read_text("utf-8"), theirs.read_text("utf-8")

    def bodies(self, document: str, variables: Sequence[Mapping[str, str]]) -> list[bytes]:
        """The same question about each of some things."""
        return [orjson.dumps({"query": document, "variables": one}) for one in variables]


def _nodes(connection: Json) -> list[Json]:
    return [edge["node"] for edge in connection["edges"]]


def _by_id(rows: list[Json]) -> list[Json]:
    return sorted(rows, key=lambda row: str(row["id"]))


def _ours_person(data: Json) -> Json:
    found = data["person"]
    jobs = [{"role": job["role"], **job["organization"]} for job in _nodes(found["affiliations"])]
    return {**found, "affiliations": jobs}


def _their_person(data: Json) -> Json:
    return _their_people(data)[0]


def _their_people(data: Json) -> Json:
    return [_their_job(row) for row in data["people"]]


def _their_job(row: Json) -> Json:
    jobs = [{"role": edge["properties"]["role"], **edge["node"]} for edge in row["employersConnection"]["edges"]]
    kept = {name: value for name, value in row.items() if name != "employersConnection"}
    return {**kept, "otherNames": row["otherNames"] or [], "affiliations": jobs}


def _ours_people(data: Json) -> Json:
    return [_ours_person({"person": row}) for row in _nodes(data["people"])]


def _ours_organizations(data: Json) -> Json:
    return [
        {
            **row,
            "capabilities": [one["capability"] for one in _nodes(row["capabilities"])],
            "people": [one["person"] for one in _nodes(row["people"])],
        }
        for row in _nodes(data["organizations"])
    ]


def _their_organizations(data: Json) -> Json:
    return data["organizations"]


def _ours_acquaintances(data: Json) -> Json:
    found = data["person"]
    return {**found, "knows": _by_id([_known(tie["b"]) for tie in _nodes(found["knows"])])}


def _known(row: Json) -> Json:
    firms = [job["organization"] for job in _nodes(row["affiliations"])]
    return {
        "id": row["id"],
        "name": row["name"],
        "employers": _by_id(
            [{**firm, "suppliers": _by_id([one["supplier"] for one in _nodes(firm["suppliers"])])} for firm in firms]
        ),
    }


def _their_acquaintances(data: Json) -> Json:
    (found,) = data["people"]
    known = [
        {**row, "employers": _by_id([{**firm, "suppliers": _by_id(firm["suppliers"])} for firm in row["employers"]])}
        for row in found["known"]
    ]
    return {"id": found["id"], "name": found["name"], "knows": _by_id(known)}


OPERATIONS = (
    Operation("person", "a person by id, 5 fields and the employer", Reach(2.2, 2.2), _ours_person, _their_person),
    Operation(
        "organizations",
        "50 organizations, what each can do and 10 people of each",
        Reach(1.6, 2.0),
        _ours_organizations,
        _their_organizations,
    ),
    Operation("people", "1,000 people, 6 fields each", Reach(2.7, 4.0), _ours_people, _their_people),
    Operation(
        "acquaintances",
        "a person, 25 known, their employers, those firms' suppliers",
        Reach(2.1, 2.2),
        _ours_acquaintances,
        _their_acquaintances,
    ),
)
