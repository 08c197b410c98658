"""Posts in government and who held them."""

from collections.abc import Mapping

from loaders import values
from loaders.sources.parliament import minister
from loaders.sources.publishers import PUBLIC, ministers
from loaders.statements import Mention, Sheet, Source, Statement, Thing, organization
from loaders.tables import Table
from network.dates import OPEN
from service.graph.model import NodeRecord, digest

PUBLIC_BODY = "public body"


def _read(table: Table, sheet: Sheet, _needed: Mapping[str, str]) -> None:
    for row in table:
        mnis, name, rank = row.text("mnis"), row.text("display_name"), row.optional("rank_equivalence")
        title, body = row.text("post"), row.text("org")
        start, end = row.read("start_date", values.iso_day), row.maybe("end_date", values.iso_day) or OPEN
        row.done(SOURCE.ignored)
        if OPEN != end < start:
            row.refuse(f"end_date {end} is before start_date {start}", "correct one of the two")
        department = organization("name", body, body, kinds=(PUBLIC_BODY,))
        held, unit = _post(title, department), f"department:{body}"
        key = (mnis, body, title, start)
        holder = minister(row, mnis, name)
        post = NodeRecord("Post", held.id, title, PUBLIC, SOURCE.record.id, f"line {row.line}")
        sheet.show(row.line, (body, title), post)
        sheet.say(Statement(row.line, "HOLDS", key, holder, held, {"rank": rank}, start, end, unit=unit))
        sheet.say(Statement(row.line, "POST_IN", (body, title), held, department, unit=unit))


def _post(title: str, department: Mention) -> Thing:
    """The post of a title in a department: the same title elsewhere is another post."""
    name = department.identity
    return Thing(digest("pst", name.scheme, name.value, title), f"Post {name.scheme}:{name.value}: {title}")


SOURCE = Source(
    file="minister_appointments",
    record=ministers("minister_appointments", "Ministers database: appointments"),
    columns=("mnis", "display_name", "post", "org", "rank_equivalence", "start_date", "end_date"),
    read=_read,
)
