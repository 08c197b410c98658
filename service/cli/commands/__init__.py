"""Every command of `paddock`, grouped by what it is for."""

from typer import Typer

from service.cli.commands import (
    additions,
    audit,
    cards,
    chains,
    claims,
    documents,
    influence,
    introductions,
    people,
    questions,
    reach,
    records,
    relabelling,
    serving,
    store,
    ties,
    tokens,
    upkeep,
    users,
    why,
)

app = Typer(
    name="paddock",
    help="Who in the supply chain knows whom, how well, and who says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group in (
    questions,
    chains,
    reach,
    influence,
    ties,
    cards,
    why,
    introductions,
    claims,
    relabelling,
    serving,
    store,
    upkeep,
):
    group.register(app)
app.add_typer(additions.app, name="add")
app.add_typer(records.app, name="record")
app.add_typer(claims.app, name="assert")
app.add_typer(introductions.app, name="introduction")
app.add_typer(tokens.app, name="token")
app.add_typer(documents.app, name="documents")
app.add_typer(users.app, name="user")
app.add_typer(audit.app, name="audit")
app.add_typer(people.app, name="person")
