"""The server as a program: it says where it listens, ends quietly on a signal, and refuses an address that is taken."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from service.engines.stores import Folder
from service.errors import Code, ServiceError
from service.serving import serve
from service.settings import Settings, read_settings

PROGRAM = """
import os
import sys
from service.serving import serve
from service.settings import read_settings

serve(read_settings(os.environ, store=sys.argv[1]), "127.0.0.1", 0, lambda address: print(address, flush=True))
"""


@pytest.mark.embedded
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_answers_there_and_ends_without_a_word_on_a_signal(
    folder: Folder, ending: signal.Signals
) -> None:
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(folder.path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with httpx.Client(base_url=address) as client:
            answered = client.get("/health").json()
            # The connection is kept open: a server that is to end does not wait for who asks nothing more.
            process.send_signal(ending)
            out, err = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()

    assert answered == {"status": "ok"}
    assert (process.returncode, out, err) == (0, "", "")


@pytest.mark.embedded
def test_told_to_stop_it_answers_on_for_the_seconds_it_has_and_says_that_it_is_not_ready(folder: Folder) -> None:
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(folder.path)]
    environment = {**os.environ, "PADDOCK_DRAIN": "300"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        process.send_signal(signal.SIGTERM)
        answers = [_until_stopping(address), httpx.get(f"{address}/health").json()]
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()

    assert answers == [{"status": "stopping"}, {"status": "ok"}]
    assert (process.returncode, out, err) == (0, "", "")


def _until_stopping(address: str) -> object:
    """What `/ready` says once the signal has arrived."""
    for _ in range(100):
        told: object = httpx.get(f"{address}/ready").json()
        if told not in ({"status": "ready"}, {"status": "starting"}):
            return told
        time.sleep(0.05)
    return None


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_an_address_that_is_taken_is_refused_before_the_store_is_opened(tmp_path: Path, host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as taken:
        taken.bind((host, 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(ServiceError) as caught:
            serve(_settings(tmp_path), host, port, lambda address: None)

    assert caught.value.code is Code.BAD_USER_INPUT
    assert caught.value.message == (
        f"cannot listen on {host}:{port} (address already in use); take another --port, or 0 for any that is free"
    )
    assert not (tmp_path / "store").exists()


def test_a_store_that_cannot_be_opened_ends_it_with_the_store_s_own_error(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file where the folder should be")

    with pytest.raises(ServiceError) as caught:
        serve(_settings(tmp_path), "127.0.0.1", 0, lambda address: None)

    assert "store" in caught.value.message


def _settings(folder: Path) -> Settings:
    return read_settings({}, store=str(folder / "store"))
