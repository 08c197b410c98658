"""What is compressed, and that nobody sees by what way an answer came that is not."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message

from service.traffic.compression import LEAST, LEVEL, Compression

KEPT = ("multipart/mixed",)
BODIES = st.lists(
    st.sampled_from([0, 1, LEAST - 1, LEAST, 3 * LEAST]).map(lambda size: b"x" * size), min_size=1, max_size=3
)


def answering(media_type: str, bodies: list[bytes], *, measured: bool) -> ASGIApp:
    """An application that sends these one after the other."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"vary", b"Accept"), (b"content-type", media_type.encode())]
        if measured:
            headers.append((b"content-length", b"%d" % len(b"".join(bodies))))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for left, body in enumerate(bodies, 1 - len(bodies)):
            await send({"type": "http.response.body", "body": body, "more_body": left < 0})

    return app


async def sent(app: ASGIApp, accepted: str) -> list[Message]:
    found: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("nothing is to be read")

    async def send(message: Message) -> None:
        found.append(message)

    await app({"type": "http", "headers": [(b"accept-encoding", accepted.encode())]}, receive, send)
    return found


@given(
    st.sampled_from(["application/json", "multipart/mixed; boundary=x"]),
    BODIES,
    st.sampled_from(["gzip, br", "identity"]),
    st.data(),
)
async def test_every_answer_is_what_the_usual_way_makes_of_it(
    media_type: str, bodies: list[bytes], accepted: str, data: st.DataObject
) -> None:
    # Nobody who knows how long it is sends something short in pieces.
    app = answering(media_type, bodies, measured=len(bodies) == 1 and data.draw(st.booleans()))
    usual = GZipMiddleware(app, minimum_size=LEAST, compresslevel=LEVEL, exclude_content_types=KEPT)

    assert await sent(Compression(app, KEPT), accepted) == await sent(usual, accepted)


async def test_what_is_too_short_to_gain_by_it_is_not_compressed() -> None:
    sizes = (LEAST - 1, LEAST)
    starts = [
        (await sent(Compression(answering("text/plain", [b"x" * size], measured=True)), "gzip"))[0] for size in sizes
    ]

    assert [(b"content-encoding", b"gzip") in start["headers"] for start in starts] == [False, True]
