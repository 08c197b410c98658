"""Officers and members of the parliamentary groups, as a dated register lists them."""

from collections.abc import Mapping

from loaders.sources.groups import group, register_day, unit
from loaders.sources.parliament import member
from loaders.sources.publishers import groups
from loaders.statements import Sheet, Source, Statement
from loaders.tables import Table
from service.graph.model import Mode

FOUND_BY_SEARCH = 0.5  # the publisher calls these rows experimental
NO_NUMBER = "None"  # what the publisher's program writes where it knows none


def _read(table: Table, sheet: Sheet, registers: Mapping[str, str]) -> None:
    for row in table:
        slug, role, party = row.text("appg"), row.text("role"), row.optional("party")
        number = row.optional("mnis_id")
        if number == NO_NUMBER:
            sheet.warn(row.line, f"mnis_id is {NO_NUMBER!r}, taken as no number")
            number = None
        who = member(row, row.text("person_id"), row.text("name"), number)
        confidence = FOUND_BY_SEARCH if row.text("source") == "ai_search" else 1.0
        row.done(SOURCE.ignored)
        sheet.say(
            Statement(
                row.line,
                "MEMBER_OF",
                (slug, who.identity.value, role),
                who,
                group(slug),
                attributes={"role": role, "party": party},
                observed=(register_day(row, registers, slug),),
                confidence=confidence,
                unit=unit(slug),
            )
        )


SOURCE = Source(
    file="appg_memberships",
    record=groups("appg_memberships", "officers and members", Mode.REGISTER),
    columns=("appg", "person_id", "name", "role", "party", "mnis_id", "source"),
    read=_read,
    needs="appgs",
)
