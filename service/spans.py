"""Spans of a request for OpenTelemetry: what was done, how long and how often, never what was asked or told.

Off, nothing of OpenTelemetry is imported, and a span costs a look at a variable.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from service.errors import Code, ServiceError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Tracer

NAME = "paddock"
Counts = str | int

_NOTHING: AbstractContextManager[object] = nullcontext()


class _Tracing:
    tracer: Tracer | None = None
    provider: TracerProvider | None = None


def begin(provider: TracerProvider | None = None) -> None:
    """Nothing, once spans go to a provider: unless one is given, to the collector that OTEL_* variables name."""
    try:
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 (an extra, and only where it is wanted)
        from opentelemetry.sdk.trace import TracerProvider as Provider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError:
        sentence = "spans need OpenTelemetry; install paddock[otel], or leave PADDOCK_TRACES off"
        raise ServiceError(Code.BAD_USER_INPUT, sentence) from None
    if provider is None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

        provider = Provider(resource=Resource.create({"service.name": NAME}))
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    _Tracing.provider, _Tracing.tracer = provider, provider.get_tracer(NAME)


def end() -> None:
    """Nothing, once all spans have been sent and no more are made."""
    if _Tracing.provider is not None:
        _Tracing.provider.shutdown()
    _Tracing.provider = _Tracing.tracer = None


def span(name: str) -> AbstractContextManager[object]:
    """A span around what is done inside."""
    tracer = _Tracing.tracer
    if tracer is None:
        return _NOTHING
    return tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False)


def request(headers: Mapping[str, str]) -> AbstractContextManager[object]:
    """The span of a request, below that of whoever sent it where its headers name one."""
    tracer = _Tracing.tracer
    if tracer is None:
        return _NOTHING
    from opentelemetry.trace import SpanKind  # noqa: PLC0415 (only where spans are wanted)
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415

    given = {name: headers[name] for name in ("traceparent", "tracestate") if name in headers}
    above = TraceContextTextMapPropagator().extract(given)
    return tracer.start_as_current_span(
        "graphql", above, SpanKind.SERVER, record_exception=False, set_status_on_exception=False
    )


def note(name: str, count: Counts | None) -> None:
    """Nothing, once the present span has a name or a count."""
    if _Tracing.tracer is not None and count is not None:
        from opentelemetry.trace import get_current_span  # noqa: PLC0415 (only where spans are wanted)

        get_current_span().set_attribute(f"{NAME}.{name}", count)


def done(name: str, seconds: float, **counts: Counts) -> None:
    """Nothing, once what has just ended has its span."""
    if _Tracing.tracer is not None:
        now = time.time_ns()
        attributes = {f"{NAME}.{key}": value for key, value in counts.items()}
        _Tracing.tracer.start_span(name, attributes=attributes, start_time=now - int(seconds * 1e9)).end(now)
