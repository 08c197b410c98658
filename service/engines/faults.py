"""What a driver's failure means, in words that may be told: no text of the driver, no query, no value."""

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    ConstraintError,
    DatabaseUnavailable,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from service.errors import Code, ServiceError


class Lost(ServiceError):
    """The connection went, and nothing of the transaction was committed: running it again is safe."""

    def __init__(self) -> None:
        super().__init__(Code.UNAVAILABLE, "the store does not answer; check that it runs and try again")


class Contended(ServiceError):
    """Another writer was first; nothing was written."""

    def __init__(self, message: str = "another writer changed the same records first; ask again") -> None:
        super().__init__(Code.CONFLICT, message)


class Duplicate(Contended):
    """A record with the same key is there already; nothing was written."""

    def __init__(self) -> None:
        super().__init__("a record with the same key is there already; read it before writing again")


class OutOfMemory(ServiceError):
    """A statement that would exceed the store's memory limit again, however often it is run."""

    def __init__(self) -> None:
        super().__init__(Code.TOO_EXPENSIVE, "the question needs more memory than the store allows; narrow it")


class Overdue(ServiceError):
    """A deadline passed; nothing was committed."""

    def __init__(self) -> None:
        super().__init__(Code.TIMEOUT, "the store took too long to answer; try again or ask for less")


class Unconfirmed(ServiceError):
    """The connection went or the deadline passed during the commit: what was written may be there or not."""

    def __init__(self) -> None:
        super().__init__(
            Code.UNAVAILABLE, "the store did not confirm what was written; ask whether it is there, then write it again"
        )


# Memory errors come as transient, and the driver would run into the same limit again and again.
_MEMORY = ("MemoryPoolOutOfMemoryError", "OutOfMemoryError", "StackOverFlowError")
# A transaction that is ended while it waits for a lock, or between two statements, does not say that its time was up.
_OVERDUE = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "LockClientStopped", "Terminated")


def exceeds_memory(error: Neo4jError) -> bool:
    """Whether the statement would exceed the store's memory limit again, however often it is run."""
    return _title(error).startswith(_MEMORY)


def told(error: DriverError | Neo4jError) -> ServiceError:
    """The service's error for a driver's."""
    if isinstance(error, DriverError):
        return _of_driver(error)
    # A commit, which the driver tries again, may be what exceeds the limit.
    return OutOfMemory() if exceeds_memory(error) else _of_server(error)


def _title(error: Neo4jError) -> str:
    return (error.code or "").rpartition(".")[2]


def _of_server(error: Neo4jError) -> ServiceError:
    match error:
        case AuthError():
            return ServiceError(
                Code.UNAVAILABLE, "the store refused the user or the password; check both and try again"
            )
        case ConstraintError():
            return Duplicate()
        case DatabaseUnavailable():
            return Lost()
        case _ if _title(error).startswith(_OVERDUE):
            return Overdue()
        case TransientError():
            return Contended()
        case _:
            return ServiceError(Code.INTERNAL, "the store could not carry out a statement")


def _of_driver(error: DriverError) -> ServiceError:
    match error:
        case IncompleteCommit():
            return Unconfirmed()
        case ConnectionAcquisitionTimeoutError():
            return ServiceError(Code.UNAVAILABLE, "every connection to the store is busy; try again in a moment")
        case ServiceUnavailable() | SessionExpired():
            return Lost()
        case ConfigurationError():
            return ServiceError(Code.UNAVAILABLE, "the store cannot be reached with these settings; check its URI")
        case _:
            return ServiceError(Code.INTERNAL, "the connection to the store was used in a way it does not allow")
