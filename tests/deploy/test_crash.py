"""Clients and server are killed under load: whatever was acknowledged is there, gapless."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from psycopg_pool import AsyncConnectionPool

from deploy.postgres import Server, find_trees
from events import schema
from events.ids import new_id
from events.log import Log
from tests.database import data_directory
from tests.events.test_concurrency import check_gapless

pytestmark = pytest.mark.postgres


@pytest.fixture
def data() -> Iterator[Path]:
    with data_directory() as path:
        yield path


def kill_server(server: Server) -> None:
    """The server and every process it made, at one blow."""
    assert server.pid
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    for pid in (server.pid, *map(int, children)):
        with suppress(ProcessLookupError):  # a connection's process may have ended by itself
            os.kill(pid, signal.SIGKILL)


def load_until_killed(server: Server, clients_first: bool) -> list[list[str]]:
    """Three writers; after some hundred acknowledgements everything is killed."""
    module = [sys.executable, "-m", "tests.events.appender"]
    command = [*module, server.app_dsn, "100000", str(new_id())]
    said = [server.place.home.parent / f"writer-{n}" for n in range(3)]
    writers = []
    for path in said:
        with path.open("w") as output:
            writers.append(
                subprocess.Popen(
                    command, stdout=output, stderr=subprocess.DEVNULL, start_new_session=True
                )
            )
    until = time.monotonic() + 60
    while sum(p.read_text().count("\n") for p in said) < 400 and time.monotonic() < until:
        time.sleep(0.01)
    if not clients_first:
        kill_server(server)
    for writer in writers:
        os.killpg(writer.pid, signal.SIGKILL)
    if clients_first:
        kill_server(server)
    for writer in writers:
        writer.wait()
    # A line cut off by the blow was not acknowledged to anybody.
    lines = [line.split() for p in said for line in p.read_text().split("\n")[:-1]]
    return [line for line in lines if line != ["conflict"]]


@pytest.mark.parametrize("clients_first", [True, False])
async def test_every_acknowledged_append_survives(data: Path, clients_first: bool) -> None:
    tree = find_trees()[0]
    server = Server(data, tree)
    server.ensure()
    schema.create(server.owner_dsn)
    acknowledged = await asyncio.to_thread(load_until_killed, server, clients_first)
    assert len(acknowledged) > 100
    again = Server(data, tree)
    again.ensure()
    try:
        async with AsyncConnectionPool(again.app_dsn, kwargs={"autocommit": True}) as pool:
            log = Log(pool)
            whole = [r async for page in log.pages() for r in page]
            assert await log.size() == len(whole)
    finally:
        again.stop()
        server.stop()
    check_gapless(whole)
    for first, last, stream, after in acknowledged:
        part = whole[int(first) - 1 : int(last)]
        assert [(str(r.stream), r.version) for r in part] == [
            (stream, int(after) + n) for n in range(1, int(last) - int(first) + 2)
        ]
