"""What the embedded engine does not do in Cypher: users that may only read, and full-text indexes."""

import asyncio
import base64
import http.client
import json
import re

from service.engines.embedded.home import Endpoint, Home
from service.engines.embedded.process import DATABASE
from service.errors import Code, ServiceError

READER = "reader"
TIMEOUT = 30.0
_FULLTEXT = re.compile(
    r"CREATE FULLTEXT INDEX (?P<name>\w+) IF NOT EXISTS"
    r" FOR \((?P<node>\w+):(?P<label>\w+)\) ON EACH \[(?P=node)\.(?P<property>\w+)\]"
)


async def admit_reader(home: Home, endpoint: Endpoint) -> None:
    """Make the user the read side signs in as: the engine heeds no access mode, so its rights are the fence."""
    if home.known_to_engine(READER):
        return
    group: dict[str, object] = {
        "database": DATABASE,
        "name": READER,
        "access": [],
        "resultSetLimit": -1,
        "readTimeout": -1,
        "types": {"*": {"access": ["readRecord"]}},
    }
    user = {"name": READER, "password": home.password(READER), "databases": {DATABASE: [READER]}}
    await post(home, endpoint, "/api/v1/server/groups", group)
    await post(home, endpoint, "/api/v1/server", {"command": f"create user {json.dumps(user)}"})


def is_fulltext(text: str) -> bool:
    """Whether a statement creates a full-text index."""
    return "FULLTEXT" in _statement(text)


async def create_fulltext(home: Home, endpoint: Endpoint, text: str) -> None:
    """Create the full-text index that a Cypher statement describes, unless it is there."""
    for command in sql(text):
        await post(home, endpoint, f"/api/v1/command/{DATABASE}", {"language": "sql", "command": command})


def sql(text: str) -> list[str]:
    """The engine's own words for a full-text index of one property of a label."""
    found = _FULLTEXT.fullmatch(_statement(text))
    if found is None:
        raise ServiceError(Code.INTERNAL, "the embedded engine takes a full-text index of one property of one label")
    label, field = found["label"], found["property"]
    return [
        f"CREATE VERTEX TYPE {label} IF NOT EXISTS",
        f"CREATE PROPERTY {label}.{field} IF NOT EXISTS STRING",
        f"CREATE INDEX {found['name']} IF NOT EXISTS ON {label} ({field}) FULL_TEXT",
    ]


def _statement(text: str) -> str:
    return " ".join(word for line in text.splitlines() if not line.startswith("//") for word in line.split())


async def post(home: Home, endpoint: Endpoint, path: str, body: object) -> None:
    """Send one order to the engine, in the name of its root user."""
    status = await asyncio.to_thread(_request, endpoint.http, path, home.password("root"), json.dumps(body))
    if status != http.client.OK:
        raise ServiceError(
            Code.INTERNAL, f"the embedded engine refused to be set up; see {home.log_name} in the store's folder"
        )


def _request(port: int, path: str, password: str, body: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    secret = base64.b64encode(f"root:{password}".encode()).decode("ascii")
    headers = {"Authorization": f"Basic {secret}", "Content-Type": "application/json"}
    try:
        connection.request("POST", path, body.encode(), headers)
        response = connection.getresponse()
        response.read()
    except OSError as error:
        raise ServiceError(Code.UNAVAILABLE, "the embedded engine does not answer; try again") from error
    else:
        return response.status
    finally:
        connection.close()
