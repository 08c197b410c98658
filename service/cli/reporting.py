"""What a load did, file by file, and how far it has come."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from service.cli.drawing import columns, console, grid, line
from service.cli.plain import emit

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from rich.table import Table

    from loaders.report import FileReport, Report

NUMBERS = ("rows", "written", "unchanged", "refused", "retracted")


@contextmanager
def progress() -> Generator[Callable[[int, int], None]]:
    """A bar on a terminal's stderr; elsewhere nothing is drawn."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    out = console(errors=True)
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as drawn:
        task = drawn.add_task("writing claims", total=None)
        yield lambda done, total: drawn.update(task, completed=done, total=total)


def show(report: Report, *, as_json: bool) -> None:
    """The report: a table with every reason, or JSON."""
    if as_json:
        emit(report.json())
        return
    out = console()
    grid(out, _table(report))
    for file in report.files:
        for reason, count in file.reasons.items():
            line(out, Text(f"{file.file}: {count:,} refused: {reason}"))
        if file.withheld:
            line(out, Text(f"{file.file}: {file.withheld:,} withheld: taken back by hand, and the file says no other"))
        if file.suppressed:
            line(out, Text(f"{file.file}: {file.suppressed:,} suppressed: they tell of people who were erased"))
        _notes(file)
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(report.evidence.items()))
    verb = "would be written" if report.dry_run else "written"
    out.print(f"\nEvidence {verb}: {kinds or 'none'}")
    if report.withdrawn:
        gone = ", ".join(f"{count:,} {kind}" for kind, count in sorted(report.withdrawn.items()))
        out.print(f"Evidence {'that would be ' if report.dry_run else ''}taken back: {gone}")
    if report.finished:
        out.print("An earlier load that was cut off is finished by this one.")


def _table(report: Report) -> Table:
    table = columns("file")
    for name in NUMBERS:
        table.add_column(name, justify="right", no_wrap=True)
    for file in report.files:
        counts = (file.rows, file.written, file.unchanged, len(file.refused), file.retracted)
        table.add_row(file.file, *(f"{count:,}" for count in counts))
    return table


def _notes(file: FileReport) -> None:
    """Warnings and the refusal of a whole file, on stderr."""
    out = console(errors=True)
    for note in file.warnings:
        line(out, Text(f"{file.file}:{note.line}: {note.text}", style="yellow"))
    if file.error is not None:
        line(out, Text(f"refused: {file.error.message}", style="bold red"))
