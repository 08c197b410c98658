"""A program of its own on a folder: says that its engine runs, then writes numbers or waits until it is killed.

python tenant.py FOLDER main|thread write|wait
"""

import asyncio
import sys
import threading
from itertools import count

from service.engines.embedded.engine import Embedded
from service.engines.open import open_engine
from service.engines.protocol import Deadlines, Engine, Transaction
from service.engines.stores import parse_store

# Beside other programs an engine may be slow to start and a statement to answer; no test here is about that.
PATIENT = Deadlines(
    request=120.0, call=60.0, transaction=59.0, acquire=20.0, connect=10.0, retry=20.0, commit=20.0, start=120.0
)
STANDING = "MATCH (n:Issue) RETURN max(n.number) AS last"
PAIR = "CREATE (:Issue {id: 'a' + toString($n), number: $n}), (:Issue {id: 'b' + toString($n), number: $n})"


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def write_on(engine: Engine) -> None:
    """Two nodes a transaction, and the number of each that is committed."""
    last = (await engine.read(STANDING, {}))[0]["last"]
    for number in count(int(str(last or 0)) + 1):

        async def work(transaction: Transaction, number: int = number) -> None:
            await transaction.run(PAIR, {"n": number})

        await engine.write(work)
        say(number)


async def live(folder: str, task: str) -> None:
    engine = await open_engine(parse_store(folder), PATIENT)
    assert isinstance(engine, Embedded)
    say("ready", engine.connection.endpoint.pid, "owner" if engine.tenancy.process else "guest")
    await (write_on(engine) if task == "write" else asyncio.sleep(600))


if __name__ == "__main__":
    if sys.argv[2] == "main":
        asyncio.run(live(sys.argv[1], sys.argv[3]))
    else:
        elsewhere = threading.Thread(target=lambda: asyncio.run(live(sys.argv[1], sys.argv[3])))
        elsewhere.start()
        elsewhere.join()
