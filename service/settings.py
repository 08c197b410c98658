"""What the environment decides, read once at the edge and handed down as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from service.engines.stores import Store, parse_store
from service.errors import Code, ServiceError

HIGHEST_PORT = 65_535
LONGEST_DRAIN = 300
DIGITS = 15  # what the header that tells a limit can hold
SHORTEST_SECRET = 32
# Two thousand of the largest documents there may be: far more than one token needs, and still an end.
RATE_LIMIT = 5_000_000  # a hundred of the dearest documents a minute
RATE_LIMIT_ADDRESS = 300
LOG_FORMATS = ("text", "json")
METRICS = ("off", "token", "open")
DOCUMENTS = ("any", "registered")
LOUDNESS = ("error", "warning", "info", "debug")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations; secrets are left out where it is printed."""

    store: Store
    association: str | None
    pack: str
    host: str
    port: int
    log: str
    secret: str | None = field(repr=False)
    brokering: bool = False
    cache: Path | None = None  # of what a store before us tells anew; a folder keeps its own
    log_format: str = "text"
    metrics: str = "token"
    graphiql: bool = True
    documents: str = "any"
    traces: bool = False
    drain: int = 0  # seconds
    rate_limit: int = RATE_LIMIT  # points a minute for each token; 0 for any number
    rate_limit_address: int = RATE_LIMIT_ADDRESS  # requests a minute without a token that counts


def read_settings(environment: Mapping[str, str], *, store: str | None = None) -> Settings:
    """The settings of an environment; a store named by the caller goes before the one named there."""
    return Settings(
        store=_store(environment, store),
        association=_text(environment, "PADDOCK_ASSOCIATION"),
        pack=_text(environment, "PADDOCK_PACK") or "motorsport",
        host=_text(environment, "PADDOCK_HOST") or "127.0.0.1",
        port=_port(environment),
        log=_one_of(environment, "PADDOCK_LOG", LOUDNESS, unset="warning"),
        secret=_signing_secret(environment),
        brokering=_switch(environment, "PADDOCK_BROKERING", unset="off"),
        cache=_cache(environment),
        log_format=_one_of(environment, "PADDOCK_LOG_FORMAT", LOG_FORMATS, unset="text"),
        metrics=_one_of(environment, "PADDOCK_METRICS", METRICS, unset="token"),
        graphiql=_switch(environment, "PADDOCK_GRAPHIQL", unset="on"),
        documents=_one_of(environment, "PADDOCK_DOCUMENTS", DOCUMENTS, unset="any"),
        traces=_switch(environment, "PADDOCK_TRACES", unset="off"),
        drain=_drain(environment),
        rate_limit=_limit(environment, "PADDOCK_RATE_LIMIT", RATE_LIMIT),
        rate_limit_address=_limit(environment, "PADDOCK_RATE_LIMIT_ADDRESS", RATE_LIMIT_ADDRESS),
    )


def _store(environment: Mapping[str, str], named: str | None) -> Store:
    return parse_store(
        named or _text(environment, "PADDOCK_STORE") or _own_folder(),
        user=_text(environment, "PADDOCK_STORE_USER") or "neo4j",
        password=_secret(environment, "PADDOCK_STORE_PASSWORD") or "",
        database=_text(environment, "PADDOCK_STORE_DATABASE"),
    )


def _cache(environment: Mapping[str, str]) -> Path:
    if named := _text(environment, "PADDOCK_CACHE"):
        return Path(named).expanduser().absolute()
    from platformdirs import user_cache_path  # noqa: PLC0415 (a named cache starts faster without)

    return user_cache_path("paddock", appauthor=False)


def _own_folder() -> str:
    from platformdirs import user_data_path  # noqa: PLC0415 (a named store starts faster without)

    return str(user_data_path("paddock", appauthor=False) / "store")


def _text(environment: Mapping[str, str], name: str) -> str | None:
    # A compose file hands on what is unset as empty.
    return environment.get(name, "").strip() or None


def _port(environment: Mapping[str, str]) -> int:
    text = _text(environment, "PADDOCK_PORT") or "8000"
    # 0 lets the system choose.
    if not (text.isascii() and text.isdigit() and int(text) <= HIGHEST_PORT):
        raise _wrong(f"PADDOCK_PORT is {text!r}; write a port between 0 and {HIGHEST_PORT}")
    return int(text)


def _drain(environment: Mapping[str, str]) -> int:
    text = _text(environment, "PADDOCK_DRAIN") or "0"
    if not (text.isascii() and text.isdigit() and int(text) <= LONGEST_DRAIN):
        raise _wrong(f"PADDOCK_DRAIN is {text!r}; write seconds between 0 and {LONGEST_DRAIN}")
    return int(text)


def _limit(environment: Mapping[str, str], name: str, unset: int) -> int:
    text = _text(environment, name) or str(unset)
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        raise _wrong(f"{name} is {text!r}; write how many a minute, or 0 for any number")
    return int(text)


def _one_of(environment: Mapping[str, str], name: str, choices: Sequence[str], *, unset: str) -> str:
    choice = (_text(environment, name) or unset).lower()
    if choice not in choices:
        raise _wrong(f"{name} is {choice!r}; take one of {', '.join(choices)}")
    return choice


def _switch(environment: Mapping[str, str], name: str, *, unset: str) -> bool:
    choice = (_text(environment, name) or unset).lower()
    if choice not in {"on", "off"}:
        raise _wrong(f"{name} is {choice!r}; write on or off")
    return choice == "on"


def _signing_secret(environment: Mapping[str, str]) -> str | None:
    secret = _secret(environment, "PADDOCK_SECRET")
    if secret is not None and len(secret) < SHORTEST_SECRET:
        raise _wrong(f"PADDOCK_SECRET has {len(secret)} characters; make one of at least {SHORTEST_SECRET}")
    return secret


def _secret(environment: Mapping[str, str], name: str) -> str | None:
    """The value itself or, safer, the content of the file that NAME_FILE names."""
    value, file = environment.get(name) or None, _text(environment, f"{name}_FILE")
    if file is None:
        return value
    if value is not None:
        raise _wrong(f"{name} and {name}_FILE are both set; keep the file")
    try:
        content = Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        # Not the error's own text: the content of a file that is no text would stand in it.
        raise _wrong(f"{name}_FILE names {file}, which cannot be read ({type(error).__name__})") from None
    if not content:
        raise _wrong(f"{name}_FILE names {file}, which is empty; write the secret into it")
    return content


def _wrong(sentence: str) -> ServiceError:
    return ServiceError(Code.BAD_USER_INPUT, sentence)
