"""The parliamentary groups and the register each was last listed in."""

from collections.abc import Mapping

from loaders import values
from loaders.sources.groups import group
from loaders.sources.publishers import groups
from loaders.statements import Naming, Sheet, Source
from loaders.tables import Table


def _read(table: Table, sheet: Sheet, _needed: Mapping[str, str]) -> None:
    for row in table:
        slug = row.text("appg")
        title, page = row.text("title"), row.text("source_url")
        register = row.read("register", values.short_day)
        row.done(SOURCE.ignored)
        sheet.name(Naming(row.line, (slug,), group(slug, title), locator=page))
        if sheet.gives.setdefault(slug, register) != register:
            row.refuse(
                f"{slug!r} is already in the register of {sheet.gives[slug]}", "keep the newest register of a group"
            )


SOURCE = Source(
    file="appgs",
    record=groups("appgs", "groups"),
    columns=("appg", "title", "source_url", "register"),
    ignored={"purpose": "a long text in the group's own words, which no question asks for"},
    read=_read,
)
