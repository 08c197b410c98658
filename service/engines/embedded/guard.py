"""Runs a program that ends when the process that asked for it ends, however that happens.

    python guard.py with-thread PID PROGRAM ARGUMENT...     becomes the program; the kernel kills it with PID
    python guard.py with-input PID PROGRAM ARGUMENT...      watches its own input, which closes with PID

The first needs Linux and a parent whose starting thread lives as long as it does.
It leaves no process of its own behind. Standard library only, and no import of ours: it starts in some 15 ms.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from types import FrameType

_PR_SET_PDEATHSIG = 1


def become(parent: int, command: list[str]) -> None:
    """Turn into the command, to be killed with the parent."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the kernel was told
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 - the program is named by our own code


def watch(command: list[str]) -> int:
    """Run the command until it ends, or until standard input is closed."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - named by our own code

    def forward(number: int, frame: FrameType | None) -> None:
        del number, frame
        child.terminate()

    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, forward)
    threading.Thread(target=_kill_at_end_of_input, args=(child,), daemon=True).start()
    return child.wait()


def _kill_at_end_of_input(child: "subprocess.Popen[bytes]") -> None:
    while os.read(0, 1):
        pass
    child.kill()


if __name__ == "__main__":
    how, asked_by, *program = sys.argv[1:]
    if how == "with-thread":
        become(int(asked_by), program)
    sys.exit(watch(program))
