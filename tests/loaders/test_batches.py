"""Sheets resolved into one batch: what several tell of a node is all handed on."""

from loaders.batches import batch
from loaders.statements import Sheet
from service.graph.model import Mode, NodeRecord, SourceRecord

PUBLIC, STAFF = 0, 2


def _sheet(slug: str, vis: int, name: str) -> tuple[Sheet, NodeRecord]:
    """A file of one row that tells of the dinner, and what it tells."""
    source = SourceRecord(slug, slug.title(), Mode.HISTORY, vis)
    node = NodeRecord("Event", "evt-dinner", name, vis, source.id, "line 2")
    sheet = Sheet(source, slug, 1)
    sheet.show(2, ("dinner",), node)
    return sheet, node


def test_what_every_file_says_of_a_node_is_in_the_batch_for_the_writer_to_choose_from() -> None:
    (secret, hidden), (gazette, shown) = _sheet("a", STAFF, "Secret"), _sheet("b", PUBLIC, "Dinner")
    found = batch([secret, gazette])
    assert (found.batch.nodes, found.batch.retold) == ({"evt-dinner": hidden}, (shown,))
    assert found.rows == {("a", 2): ["evt-dinner"], ("b", 2): ["evt-dinner"]}
