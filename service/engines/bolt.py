"""One driver with its deadlines: managed transactions in, plain records or a ServiceError out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, LiteralString, TypeVar, cast

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncResult,
    AsyncSession,
    Query,
    unit_of_work,
)
from neo4j.exceptions import DriverError, Neo4jError

from cypher import joining
from service.engines.faults import Lost, OutOfMemory, Overdue, Unconfirmed, exceeds_memory, told
from service.engines.openings import minded
from service.engines.protocol import Asked, Deadlines, Record, Transaction
from service.errors import ServiceError

T = TypeVar("T")
POOL = 20
JOINED = 256  # statements made of several that are kept; entries make some dozens
# Labels nobody has written yet and two patterns that do not meet are as intended; the rest is worth hearing.
QUIET: tuple[Literal["UNRECOGNIZED", "PERFORMANCE"], ...] = ("UNRECOGNIZED", "PERFORMANCE")
LOG = logging.getLogger(__name__)
# The driver logs the server's sentences, which quote values; ours name the code alone.
logging.getLogger("neo4j").setLevel(logging.CRITICAL)


def driver(uri: str, user: str, password: str, deadlines: Deadlines) -> AsyncDriver:
    """A driver that waits no longer than the deadlines and reports to nobody."""
    return minded(
        AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType] - untyped options
            uri,
            auth=(user, password),
            max_connection_pool_size=POOL,
            connection_acquisition_timeout=deadlines.acquire,
            connection_timeout=deadlines.connect,
            max_transaction_retry_time=deadlines.retry,
            telemetry_disabled=True,
            notifications_disabled_classifications=QUIET,
        )
    )


def statement(prefix: str, text: str) -> LiteralString:
    """A text as the driver wants it: it asks for literals, ours are files and nothing a user wrote."""
    found: LiteralString = cast("Any", prefix + text)
    return found


async def records(result: AsyncResult) -> list[Record]:
    """All records of a result, each by its columns."""
    return [dict(zip(record.keys(), record.values(), strict=True)) async for record in result]


@dataclass(slots=True)
class Managed:
    """The transaction a unit of work runs its statements in."""

    transaction: AsyncManagedTransaction
    prefix: str

    async def run(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        with Bounded():
            return await records(await self.transaction.run(statement(self.prefix, text), dict(parameters)))

    async def together(self, asked: Sequence[Asked]) -> list[list[Record]]:
        # The embedded engine speaks one Cypher, which needs no prefix and does not know how to join.
        if len(asked) < 2 or not self.prefix:  # noqa: PLR2004 (one is alone)
            return [await self.run(text, parameters) for text, parameters in asked]
        text = _joined(tuple(text for text, _ in asked))
        (record,) = await self.run(text, joining.given([parameters for _, parameters in asked]))
        return joining.answers(record)


@lru_cache(maxsize=JOINED)
def _joined(texts: tuple[str, ...]) -> str:
    return joining.joined(texts)


@dataclass(slots=True)
class Stage:
    """How far a write has come: once it commits it must not be cancelled."""

    committing: bool = False


@dataclass(slots=True)
class Bolt:
    """Reads and writes through one driver. A session lives as long as one operation and is never shared."""

    driver: AsyncDriver
    database: str | None
    deadlines: Deadlines
    prefix: str = ""
    writing: set[asyncio.Task[Any]] = field(default_factory=set[asyncio.Task[Any]])
    closed: bool = False

    async def connect(self) -> None:
        """Nothing, once the store has answered and accepted the password."""
        with Spoken():
            async with asyncio.timeout(self.deadlines.connect + self.deadlines.call):
                await self.driver.verify_connectivity()  # pyright: ignore[reportUnknownMemberType] - untyped options

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        with Spoken():
            async with asyncio.timeout(self.deadlines.call), self._session(READ_ACCESS) as session:
                found = await self._at_once(session, text, parameters)
                return await self._in_exchanges(session, text, parameters) if found is None else found

    async def _at_once(self, session: AsyncSession, text: str, parameters: Mapping[str, object]) -> list[Record] | None:
        """The records of a statement in one exchange, where a managed transaction takes three; None: try that one."""
        query = Query(statement(self.prefix, text), timeout=self.deadlines.transaction)
        try:
            with Bounded():
                return await records(await session.run(query, dict(parameters)))
        except (DriverError, Neo4jError) as error:
            if error.is_retryable():
                return None
            raise

    async def _in_exchanges(self, session: AsyncSession, text: str, parameters: Mapping[str, object]) -> list[Record]:
        @unit_of_work(timeout=self.deadlines.transaction)
        async def work(transaction: AsyncManagedTransaction) -> list[Record]:
            return await Managed(transaction, self.prefix).run(text, parameters)

        return await session.execute_read(work)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """What the work returns, once committed. A deadline or a caller that has gone never cuts a commit in two."""
        stage = Stage()
        task = asyncio.create_task(self._transact(work, stage))
        self.writing.add(task)
        task.add_done_callback(self.writing.discard)
        try:
            await asyncio.wait({task}, timeout=self.deadlines.call)
        finally:
            await self._settle(task, stage)
        if task.cancelled():
            raise Unconfirmed if stage.committing else Overdue
        return task.result()

    async def _transact(self, work: Callable[[Transaction], Awaitable[T]], stage: Stage) -> T:
        @unit_of_work(timeout=self.deadlines.transaction)
        async def unit(transaction: AsyncManagedTransaction) -> T:
            stage.committing = False
            answer = await work(Managed(transaction, self.prefix))
            stage.committing = True
            return answer

        with Spoken():
            async with self._session(WRITE_ACCESS) as session:
                return await session.execute_write(unit)

    async def _settle(self, task: asyncio.Task[T], stage: Stage) -> None:
        if stage.committing and not task.done():
            await asyncio.wait({task}, timeout=self.deadlines.commit)
        if not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=self.deadlines.commit)
        if task.done() and not task.cancelled():
            task.exception()  # taken, so that a caller who has gone leaves no complaint behind

    def _session(self, access: str) -> AsyncSession:
        if self.closed:  # another caller lost its connection first and had all of them made anew
            raise Lost
        return self.driver.session(  # pyright: ignore[reportUnknownMemberType] - untyped options
            database=self.database, default_access_mode=access, disable_auto_commit_retries=True
        )

    async def close(self) -> None:
        """Nothing, once commits under way are through, or their time is, and the connections are given back."""
        self.closed = True
        if self.writing:
            await asyncio.wait(self.writing, timeout=self.deadlines.commit)
        with suppress(TimeoutError):
            async with asyncio.timeout(self.deadlines.commit):
                await self.driver.close()


class Bounded:
    """Turns a statement that exceeds the memory there is into an error of ours, which the driver does not repeat."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Neo4jError) and exceeds_memory(error):
            raise OutOfMemory from error


class Spoken:
    """Turns what the driver raises into what may be told."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        match error:
            case ServiceError():
                return
            case DriverError() | Neo4jError():
                LOG.info("the store failed: %s", getattr(error, "code", None) or type(error).__name__)
                raise told(error) from error
            case TimeoutError():
                raise Overdue from error
            case OSError() | ValueError() if _unresolved(error):
                raise Lost from error
            case _:
                return


def _unresolved(error: BaseException) -> bool:
    # The driver raises a bare ValueError for a host name that does not resolve.
    return isinstance(error, OSError) or "Cannot resolve address" in str(error)
