"""Ministries and their posts, parliamentary committees, working groups, money and stances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.demo import pack
from loaders.demo.dice import Urn, chance, pick
from loaders.demo.firms import organization
from loaders.demo.people import name, person
from loaders.demo.records import MEMBERS, PUBLIC, STAFF
from loaders.demo.world import OPENING, REFERENCE, YEAR, Firm, World, iso
from network.dates import OPEN

if TYPE_CHECKING:
    from random import Random

    from loaders.demo.pack import Origin
    from loaders.demo.records import Party, Thing

_REGISTERS = ("2025-09-03", "2026-03-04", "2026-09-02")
_ROLES = {0: "chair", 1: "officer", 2: "officer", 3: "officer"}
_BENEFITS = {"hospitality": 70, "gift": 12, "donation": 18}
_GROUP_REGISTER = "2026-09-01"


def govern(world: World) -> None:
    """Ministries with posts, and those who held the posts one after another."""
    settings = pack.table("world")["government"]
    ministries = [_body(world, "gazette", title, "ministry") for title in settings["ministries"]]
    issues = [
        world.ledger.thing("gazette", "Issue", f"issue-{index + 1}", title, PUBLIC, prefix="iss")
        for index, title in enumerate(settings["issues"])
    ]
    world.issues.extend(issues)
    origins = Urn(pack.origins(), lambda origin: origin.weight)
    for index, row in enumerate(settings["posts"]):
        ministry = ministries[int(row["at"])]
        post = world.ledger.thing(
            "gazette", "Post", f"{ministry.said}: {row['name']}", row["name"], PUBLIC, prefix="pst"
        )
        world.posts[row["name"]] = (post, ministry)
        unit = f"department:{ministry.said}"
        world.ledger.claim("gazette", "POST_IN", post, ministry, PUBLIC, unit=unit)
        for issue in row["decides"]:
            world.ledger.claim("gazette", "DECIDES_ON", post, issues[int(issue)], PUBLIC)
        _holders(world, world.dice("post", index), post, ministry, origins, vacant_from=row.get("vacated"))


def _body(world: World, source: str, title: str, kind: str) -> Party:
    kinds = (kind, "public body") if kind == "ministry" else (kind,)
    return world.ledger.party(source, organization("name", title), title, PUBLIC, kinds=kinds, country="GB")


def _official(world: World, dice: Random, origins: Urn[Origin]) -> Party:
    number = len(world.officials) + 1
    party = world.ledger.party("gazette", person("house", f"H{number:05}"), name(world, dice, origins), PUBLIC)
    world.officials.append(party)
    return party


def _holders(
    world: World, dice: Random, post: Thing, ministry: Party, origins: Urn[Origin], *, vacant_from: str | None
) -> None:
    """Holders of a post one after another; the last one stays unless the post was vacated for somebody planted."""
    first, unit = OPENING + dice.randrange(0, 400), f"department:{ministry.said}"
    while True:
        last = first + 200 + round(dice.expovariate(1 / 2.6) * YEAR)
        end = OPEN if last >= REFERENCE else iso(last)
        if vacant_from is not None and (end == OPEN or end > vacant_from):
            end = vacant_from
        holder, start = _official(world, dice, origins), iso(first)
        world.ledger.claim("gazette", "HOLDS", holder, post, PUBLIC, start, start=start, end=end, unit=unit)
        if end in (OPEN, vacant_from):
            return
        first = last + 1


def sit(world: World) -> None:
    """Parliamentary committees and the association's working groups, as their registers list them."""
    settings = pack.table("world")
    origins = Urn(pack.origins(), lambda origin: origin.weight)
    for title in settings["government"]["committees"]:
        committee, dice = _body(world, "groups", title, "committee"), world.dice("committee", title)
        unit = f"group:{committee.said}"
        world.ledger.register(unit, _REGISTERS[-1])
        for index in range(settings["government"]["members"]):
            party, role = _official(world, dice, origins), _ROLES.get(index, "member")
            seen = _REGISTERS[dice.choice((0, 0, 1, 2)) :]
            world.ledger.claim(
                "groups", "MEMBER_OF", party, committee, PUBLIC, role, observed=seen, unit=unit, role=role
            )
        who = world.association.party
        world.ledger.claim("groups", "SECRETARIAT_OF", who, committee, PUBLIC, observed=_REGISTERS[1:], unit=unit)
    _working_groups(world)


def _working_groups(world: World) -> None:
    settings = pack.table("world")
    members = Urn([p for p in world.people if p.firm.member and p.jobs[-1].last is None], lambda p: p.sociable)
    count = max(2, world.sized("groups"))
    names = settings["groups"]["names"]
    for index in range(count):
        dice = world.dice("group", index)
        title = f"{names[index % len(names)]} Working Group" + f" {index // len(names) + 1}" * (index >= len(names))
        group = world.ledger.party(
            "working-groups", organization("name", title), title, MEMBERS, kinds=("working group",), country="GB"
        )
        unit = f"group:{group.said}"
        world.ledger.register(unit, _GROUP_REGISTER)
        size = min(settings["groups"]["most"], len(members) // 3)
        for place, someone in enumerate(members.several(dice, dice.randint(size // 2, size))):
            role = "chair" if place == 0 else "member"
            seen = (_GROUP_REGISTER,)
            world.ledger.claim(
                "working-groups", "MEMBER_OF", someone.party, group, MEMBERS, role, observed=seen, unit=unit, role=role
            )


def spend(world: World) -> None:
    """Hospitality, gifts and donations to officials, mostly declared."""
    givers = _members(world)
    for index in range(world.sized("benefits", 4)):
        dice = world.dice("benefit", index)
        firm, receiver = givers.draw(dice), dice.choice(world.officials)
        day, declared = iso(dice.randrange(OPENING, REFERENCE)), chance(dice, 0.8)
        kind = pick(dice, _BENEFITS)
        world.ledger.claim(
            "gazette" if declared else "diary",
            "GAVE_BENEFIT",
            firm.party,
            receiver,
            PUBLIC if declared else STAFF,
            f"{index + 1}",
            start=day,
            end=day,
            unit=f"benefit:{index + 1}",
            kind=kind,
            amount=float(round(dice.lognormvariate(5.6, 0.7))),
            currency="GBP",
        )


def _members(world: World) -> Urn[Firm]:
    return Urn([firm for firm in world.firms if firm.member and not firm.planted], lambda firm: firm.weight)


def side(world: World) -> None:
    """Where members stand on what government decides, as the association's staff have noted it."""
    givers = _members(world)
    for index in range(world.sized("benefits", 4) // 2):
        dice = world.dice("stance", index)
        position = dice.choice(("for", "against", "open"))
        world.ledger.claim(
            "diary",
            "TAKES_STANCE",
            givers.draw(dice).party,
            dice.choice(world.issues),
            STAFF,
            f"{index + 1}",
            start=iso(dice.randrange(OPENING, REFERENCE))[:7],
            position=position,
        )
