"""Every command of `paddock`, grouped by what it is for."""

from typer import Typer

from service.cli.commands import cards, introductions, questions, serving, store, ties, tokens, upkeep

app = Typer(
    name="paddock",
    help="Who in the supply chain knows whom, how well, and who says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group in (questions, ties, cards, introductions, serving, store, upkeep):
    group.register(app)
app.add_typer(introductions.app, name="introduction")
app.add_typer(tokens.app, name="token")
