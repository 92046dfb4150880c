"""UmaDB: an event store of its own in Rust, with its own file format; its server and client.

`python -m tests.bench.peers.umadb ADDRESS THREADS SECONDS` writes from a process of its own, as
its client takes threads, and prints the times as JSON.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from tests.bench.bench import Absent, Bench
from tests.bench.child import child, said
from tests.bench.rounds import Timing, thread
from tests.bench.sample import SIZE


@asynccontextmanager
async def sides(bench: Bench) -> AsyncIterator[dict[str, Callable[[], Awaitable[Timing]]]]:
    """Sixty-four threads, each waiting for its acknowledgement."""
    if find_spec("umadb") is None:
        raise Absent("umadb is not here: make bench-peers")
    with tempfile.TemporaryDirectory(prefix="gongzhi-umadb-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        program = Path(sys.executable).with_name("umadb")
        async with child(
            program, "--listen", address, "--db-path", folder, stdout=DEVNULL, stderr=DEVNULL
        ):
            await _answers(address)
            yield {"UmaDB_64": partial(_round, f"http://{address}", 64, bench.seconds)}


async def _answers(address: str) -> None:
    """Until the server listens, ten seconds at most."""
    host, port = address.split(":")
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection(host, int(port))
            except OSError:
                await asyncio.sleep(0.05)
            else:
                return writer.close()


async def _round(url: str, threads: int, seconds: float) -> Timing:
    command = (sys.executable, "-m", "tests.bench.peers.umadb", url)
    return Timing(*json.loads(await said(*command, str(threads), str(seconds))))


def main(url: str, threads: int, seconds: float) -> None:
    """One client for all threads, as its documentation advises."""
    from umadb import Client, Event

    client, data = Client(url), b"x" * SIZE
    time.sleep(0.05)

    def write() -> None:
        client.append([Event("Written", data, tags=[f"note:{uuid4()}"])])

    write()
    print(json.dumps(thread(threads, seconds, write)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
