"""What a server has done since its start, in numbers for Prometheus: names and counts, never a value."""

from __future__ import annotations

from functools import cache

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, Summary
from prometheus_client.exposition import choose_encoder
from starlette.requests import Request
from starlette.responses import Response

from service.errors import Code
from service.traffic.accounts import Account, account
from service.traffic.reasons import Reason

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

# When each series began is of no use here and would double their number.
prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]


class Meter:
    """Labels are few by nature: our own paths, status codes, error codes, reasons and query files."""

    def __init__(self) -> None:
        """Everything at zero, in a registry of its own."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "paddock_requests", "Requests by path and status.", ["path", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "paddock_request_seconds",
            "How long requests took, waiting included.",
            ["path"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self._unanswered = Counter(
            "paddock_unanswered", "Requests without an answer of their own.", ["reason"], registry=self.registry
        )
        self._failures = Counter(
            "paddock_statement_failures", "Statements that failed.", ["query", "code"], registry=self.registry
        )
        self._statements = Summary(
            "paddock_statement_seconds", "How long statements took.", ["query"], registry=self.registry
        )
        self._limited = Counter(
            "paddock_rate_limited", "Requests refused as too many.", ["policy"], registry=self.registry
        )
        for reason in Reason:
            self._unanswered.labels(reason)
        # Labels are looked up under a lock, after each has been made a text.
        self._ended = cache(self._labelled)
        self._taken = cache(self._statements.labels)

    def request(self, done: Account) -> None:
        """Count a request that has ended."""
        requests, seconds = self._ended(done.path, done.status)
        requests.inc()
        seconds.observe(done.seconds)

    def unanswered(self, reason: Reason) -> None:
        """Count a request without an answer of its own."""
        self._unanswered.labels(reason).inc()

    def limited(self, policy: str) -> None:
        """Count a request that was one too many under a policy."""
        self._limited.labels(policy).inc()

    def statement(self, name: str, seconds: float, failure: Code | None) -> None:
        """Count a statement, also for the request it was for."""
        self._taken(name).observe(seconds)
        if failure is not None:
            self._failures.labels(name, failure).inc()
        if (own := account()) is not None:
            own.statements += 1
            own.store_seconds += seconds

    def _labelled(self, path: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(path, str(status)), self._seconds.labels(path)

    async def page(self, request: Request) -> Response:
        """All numbers, in the form that is asked for."""
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        headers = {"Content-Type": content_type, "Cache-Control": "no-store"}
        return Response(encode(self.registry), headers=headers)
