"""The page that lists the commands."""

from pathlib import Path

from service.cli.listing import markdown

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"


def test_every_command_stands_in_the_documents_with_its_options() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown()


def test_every_argument_and_option_says_what_it_is() -> None:
    assert "None" not in markdown()
