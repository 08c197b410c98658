"""What was read, written into the graph, and what became of each file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from loaders.batches import batch
from loaders.report import FileReport, Report, taken
from loaders.statements import Sheet
from service.errors import Refused
from service.graph.record import write
from service.graph.record.write import Outcome
from service.graph.store import Graph

Progress = Callable[[int, int], None]


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to load. `recorded_at` is the moment every record gets, `allow_shrink` lets a source lose over a fifth."""

    recorded_at: str | None = None
    dry_run: bool = False
    allow_shrink: bool = False
    progress: Progress = quiet


async def load(
    graph: Graph,
    sheets: Iterable[Sheet],
    refused: Mapping[str, Refused],
    registers: Mapping[str, str],
    options: Options,
) -> Report:
    """Write what the sheets say; `refused` are files of which nothing is taken, by name and with the reason."""
    sheets = tuple(sheets)
    outcome, rows = Outcome({}, {}, {}, {}, finished=False), dict[str, dict[int, Sequence[str]]]()
    if sheets:
        resolved = batch(sheets, registers)
        outcome = await write.load(
            graph,
            resolved.batch,
            recorded_at=options.recorded_at,
            dry_run=options.dry_run,
            progress=options.progress,
            allow_shrink=options.allow_shrink,
        )
        for (file, line), keys in resolved.rows.items():
            rows.setdefault(file, {})[line] = keys
    files = [
        taken(sheet, rows.get(sheet.file, {}), outcome.fates, outcome.retracted.get(sheet.source.id, 0))
        for sheet in sheets
    ]
    files += [FileReport(error.file, error=error) for error in refused.values()]
    return Report(tuple(files), outcome.evidence, outcome.withdrawn, options.dry_run, outcome.finished)
