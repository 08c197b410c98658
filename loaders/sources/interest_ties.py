"""What members of parliament declared that organizations gave them, paid them, or that they own."""

from collections.abc import Mapping

from loaders import values
from loaders.sources.parliament import company, member
from loaders.sources.publishers import interests
from loaders.statements import Sheet, Source, Statement
from loaders.tables import Row, Table
from service.graph.identifying import company_number

BENEFITS = {"2.0": "donation", "3.0": "hospitality", "4.0": "visit"}
RELATIONS = {"1.1": "WORKS_FOR", "7.0": "OWNS"}
UNSPECIFIED = "8.0"


def _read(table: Table, sheet: Sheet, _needed: Mapping[str, str]) -> None:
    for row in table:
        statement = _statement(row)
        row.done(SOURCE.ignored)
        if statement is None:
            sheet.refuse(row.line, "unspecified interest")
        else:
            sheet.say(statement)


def _statement(row: Row) -> Statement | None:
    """The claim of a row; None where the register itself does not say what the interest is."""
    category, entry = row.read("cat", values.one_of(*BENEFITS, *RELATIONS, UNSPECIFIED)), row.text("entry")
    other = company(row.maybe("chno", company_number), row.text("org"))
    who = member(row, row.text("person_id"), row.text("person"))
    amount, declared_as = row.maybe("value", values.decimal), row.optional("status")
    day = row.maybe("date", values.iso_day)
    if category == UNSPECIFIED:
        return None
    said = {"amount": amount, "declaredAs": declared_as}
    if category in BENEFITS:
        said |= {"kind": BENEFITS[category], "currency": "GBP"}
        return Statement(row.line, "GAVE_BENEFIT", (entry,), other, who, said, day, day, unit=f"benefit:{entry}")
    # The day of these entries is that of their registration: it tells no start and no end.
    return Statement(row.line, RELATIONS[category], (entry,), who, other, said | {"registered": day})


SOURCE = Source(
    file="interest_ties",
    record=interests("interest_ties", "Register of Members' Financial Interests: ties to motorsport"),
    columns=("person_id", "person", "cat", "org", "chno", "status", "value", "date", "entry"),
    read=_read,
)
