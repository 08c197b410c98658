"""Spans: the tree of one request to the last name, below whoever sent it, and nothing of what it asked."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanContext

from service import spans
from tests.service.test_app import ask, client

__all__ = ["client"]  # a fixture

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    spans.begin(provider)
    yield kept
    spans.end()


def context(span: ReadableSpan) -> SpanContext:
    found = span.get_span_context()
    assert found is not None
    return found


def tree(exporter: InMemorySpanExporter) -> list[tuple[str, dict[str, Any], Any]]:
    """The spans below each span in the order they began, as names with their attributes."""
    finished = sorted(exporter.get_finished_spans(), key=lambda one: one.start_time or 0)

    def below(parent: int | None) -> list[tuple[str, dict[str, Any], Any]]:
        return [
            (one.name, dict(one.attributes or {}), below(context(one).span_id))
            for one in finished
            if (one.parent.span_id if one.parent else None) == parent
        ]

    return below(int(PARENT, 16))


@pytest.mark.embedded
async def test_a_request_is_a_tree_of_spans_that_hold_names_and_counts_alone(
    client: httpx.AsyncClient, exporter: InMemorySpanExporter
) -> None:
    await ask(client, "{ viewer { name } }")  # a token's first use is noted
    exporter.clear()
    client.headers["traceparent"] = f"00-{TRACE}-{PARENT}-01"

    await ask(client, "query Who($id: ID!) { person(id: $id) { name } } # spans", variables={"id": "per-ann"})

    ((name, noted, below),) = tree(exporter)
    below.remove(("database", {"paddock.query": "token/rights"}, []))  # read while the document is answered already
    assert (name, noted) == ("graphql", {"paddock.status": 200, "paddock.cost": 1})
    assert below == [
        ("parse", {}, []),
        ("plan", {}, []),
        ("shape", {}, [("database", {"paddock.query": "agent/by_id"}, [])]),
    ]
    # What is done beside requests, such as writing the audit, has traces of its own.
    traces = [f"{context(one).trace_id:032x}" for one in exporter.get_finished_spans()]
    assert traces.count(TRACE) == 6
    assert "ann" not in "".join(one.to_json() for one in exporter.get_finished_spans()).lower()


def test_off_they_import_nothing() -> None:
    program = "import sys, service.app; print([one for one in sys.modules if one.startswith('opentelemetry')])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert run.stdout == "[]\n"
