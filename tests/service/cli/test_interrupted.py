"""Ctrl-C at a command ends it with the code for it and one sentence."""

import pytest
from typer import Typer

from service.cli.ending import ended


def test_an_interrupted_command_ends_with_130_and_says_what_stays(capsys: pytest.CaptureFixture[str]) -> None:
    app = Typer()

    @app.command()
    def work() -> None:  # pyright: ignore[reportUnusedFunction] (the program calls it)
        raise KeyboardInterrupt

    assert ended(app, []) == 130
    said = capsys.readouterr()
    assert (said.out, said.err) == (
        "",
        "paddock: interrupted; what was committed stays, run the command again to go on\n",
    )
