"""What a load did, file by file: the form that programs read, and that the command line draws."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loaders.statements import Note, Sheet
from service.errors import Refused
from service.graph.record.changes import Fate

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of the rows of a file: each written, unchanged, withheld, suppressed or refused, unless the file was.

    `withheld` rows repeat what a person took back by hand; they stay taken back until the file says something else.
    `suppressed` rows tell of people who were erased, and nothing of them is written. `retracted` counts what the file
    said before and says no longer; `error` is why the whole file was refused.
    """

    file: str
    rows: int = 0
    written: int = 0
    unchanged: int = 0
    retracted: int = 0
    withheld: int = 0
    suppressed: int = 0
    refused: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    error: Refused | None = None

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many rows were refused for which reason, the most frequent first."""
        return dict(Counter(note.text for note in self.refused).most_common())

    def json(self) -> Json:
        """The report of the file as plain data."""
        return {
            "file": self.file,
            "rows": self.rows,
            "written": self.written,
            "unchanged": self.unchanged,
            "withheld": self.withheld,
            "suppressed": self.suppressed,
            "retracted": self.retracted,
            "refused": len(self.refused),
            "reasons": self.reasons,
            "warnings": [{"line": note.line, "text": note.text} for note in self.warnings],
            "error": None if self.error is None else _error(self.error),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did. `evidence` and `withdrawn` count the KNOWS that were written and taken back, by kind."""

    files: tuple[FileReport, ...]
    evidence: Mapping[str, int] = field(default_factory=dict[str, int])
    withdrawn: Mapping[str, int] = field(default_factory=dict[str, int])
    dry_run: bool = False
    finished: bool = False  # whether a load that was interrupted before is finished by this one

    @property
    def complete(self) -> bool:
        """Whether every file was taken; rows refused by a rule of their source do not count against it."""
        return all(file.error is None for file in self.files)

    def json(self) -> Json:
        """The whole report as plain data."""
        return {
            "dryRun": self.dry_run,
            "finishedInterrupted": self.finished,
            "files": [file.json() for file in self.files],
            "evidence": {"written": dict(self.evidence), "withdrawn": dict(self.withdrawn)},
        }


def taken(sheet: Sheet, rows: Mapping[int, Sequence[str]], fates: Mapping[str, Fate], retracted: int) -> FileReport:
    """The report of a file that was read: a row counts as written if any record it was first to give was."""
    refused = {note.line for note in sheet.refusals}
    new = _of(rows, fates, Fate.WRITTEN) - refused
    withheld = _of(rows, fates, Fate.WITHHELD) - refused - new
    suppressed = _of(rows, fates, Fate.SUPPRESSED) - refused - new - withheld
    return FileReport(
        sheet.file,
        rows=sheet.rows,
        written=len(new),
        unchanged=sheet.rows - len(new) - len(withheld) - len(suppressed) - len(refused),
        retracted=retracted,
        withheld=len(withheld),
        suppressed=len(suppressed),
        refused=tuple(sheet.refusals),
        warnings=tuple(sheet.warnings),
    )


def _of(rows: Mapping[int, Sequence[str]], fates: Mapping[str, Fate], fate: Fate) -> set[int]:
    """The rows any record of which had this fate."""
    return {line for line, keys in rows.items() if any(fates.get(key) is fate for key in keys)}


def _error(error: Refused) -> Json:
    return {"line": error.line, "value": error.value, "remedy": error.remedy, "message": error.message}
