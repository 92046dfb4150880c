"""The stock `eventsourcing` library on its own PostgreSQL recorder, as its users run it.

`python -m tests.bench.stock DSN SECONDS THREADS` is one of several processes; it prints how many
events a second it saved.
"""

from __future__ import annotations

import asyncio
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import partial

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import InternalError
from psycopg.conninfo import conninfo_to_dict

from tests.bench.bench import Bench
from tests.bench.child import child
from tests.bench.rounds import Timing, thread
from tests.bench.sample import SIZE

TEXT = "x" * (SIZE - 160)


class Note(Aggregate):
    """The library's aggregate with one event, as long as ours when stored."""

    @event("Written")
    def __init__(self, text: str) -> None:
        self.text = text


def environment(dsn: str, connections: int = 5) -> dict[str, str]:
    """The library's settings for this database, its pool as large as it is by default."""
    known = conninfo_to_dict(dsn)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(known["dbname"]),
        "POSTGRES_HOST": str(known.get("host") or ""),
        "POSTGRES_PORT": str(known.get("port") or 5432),
        "POSTGRES_USER": str(known.get("user") or ""),
        # Over the socket nobody asks for one, but the library does.
        "POSTGRES_PASSWORD": str(known.get("password") or "none"),
        "POSTGRES_POOL_SIZE": str(connections),
        "POSTGRES_MAX_OVERFLOW": "10",
        "POSTGRES_SCHEMA": "public",
    }


@contextmanager
def application(dsn: str) -> Iterator[Application]:
    """An application that saves to this database, with a connection for each of many threads."""
    opened: Application = Application(env=environment(dsn, 16))
    try:
        yield opened
    finally:
        opened.close()


@asynccontextmanager
async def sides(bench: Bench) -> AsyncIterator[dict[str, Callable[[], Awaitable[Timing]]]]:
    """One thread, sixteen, and its best: four processes."""
    with bench.database(tables=False) as dsns, application(dsns.owner) as saving:
        yield {
            "stock_1": partial(threads, saving, 1, bench.seconds),
            "stock_16": partial(threads, saving, 16, bench.seconds),
            "stock_processes": partial(processes, dsns.owner, 4, bench.seconds),
        }


async def threads(saving: Application, many: int, seconds: float) -> Timing:
    """One round of `Application.save`, one event each."""
    return await asyncio.to_thread(thread, many, seconds, lambda: saving.save(Note(text=TEXT)))


async def processes(dsn: str, many: int, seconds: float, threads: int = 1) -> Timing:
    """Events a second of so many processes at once; they begin together."""
    command = (sys.executable, "-m", "tests.bench.stock", dsn, str(seconds), str(threads))
    async with AsyncExitStack() as started:
        running = [
            await started.enter_async_context(child(*command, stdin=PIPE, stdout=PIPE))
            for _ in range(many)
        ]
        for each in running:
            assert each.stdout is not None
            await each.stdout.readline()
        said = await asyncio.gather(*(each.communicate(b"go\n") for each in running))
    return Timing(sum(float(rate) for rate, _ in said))


def main(dsn: str, seconds: float, threads: int) -> None:
    """Saves in so many threads from the word go, and says how many a second."""
    for patience in range(20):
        try:
            with application(dsn) as saving:
                saving.save(Note(text=TEXT))
                print("ready", flush=True)
                sys.stdin.readline()
                print(thread(threads, seconds, lambda: saving.save(Note(text=TEXT))).per_second)
            return
        except InternalError:  # it lays its tables anew at every start, and may then collide
            time.sleep(0.05 * (1 + patience % 5))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
