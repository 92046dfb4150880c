"""What `gongzhi serve` takes while nobody uses it, and while many do: memory, threads, connections.

The server is PostgreSQL's own and not counted. Read from /proc, so on Linux only.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import psycopg

from events.words import Words
from tests.bench.bench import Absent, Bench
from tests.bench.child import child
from tests.bench.http import call, get
from tests.bench.row import Row, within

PROC = Path("/proc")
#: Seconds until it counts as idle, and for which it is then watched; connections of the load.
SETTLE, WATCH, CONNECTIONS = 3.0, 5.0, 64
#: Views of the goal, and how many stock followers are run to compare: each takes the same.
VIEWS, STOCK = 20, 4
PAGES = ("/", "/complain", "/track")


class Taken(NamedTuple):
    """What a process and its children have."""

    megabytes: float
    threads: int
    cpu_seconds: float


class Idle(NamedTuple):
    """The same over some seconds, with its connections to the database."""

    megabytes: float
    threads: int
    percent: float
    connections: int


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Idle first, then the public pages on sixty-four connections; then the stock followers."""
    if not (PROC / "self" / "status").exists():
        raise Absent("needs Linux: what a process takes is read from /proc")
    with bench.database() as dsns:
        async with served(dsns.owner) as (pid, port):
            idle = await watch(pid, dsns.owner)
            pages = cycle(get(path, port) for path in PAGES)
            load = await call(port, CONNECTIONS, max(3.0, bench.seconds * 2), partial(next, pages))
            busy = taken(pid)
    bench.say(f"  pages: {load}")
    stock = await stock_followers(bench)
    against = f"{VIEWS} ProjectionRunners ({STOCK} measured)"
    for zh, en, column, most, unit in (
        ("空闲时的数据库连接", "connections while idle", "connections", 6, "connections"),
        ("空闲时的线程", "threads while idle", "threads", 8, "threads"),
        ("空闲时的处理器占用", "processor while idle", "percent", 1, "%"),
    ):
        peer = getattr(stock, column) * VIEWS / STOCK
        name = Words(zh, en)
        yield within(name, getattr(idle, column), most, unit, peer=peer, against=against)
    for zh, en, megabytes, most in (
        ("空闲时的内存", "memory while idle", idle.megabytes, 120),
        ("负载下的内存", "memory under load", busy.megabytes, 300),
    ):
        yield within(Words(zh, en), megabytes, most, "MB")


async def stock_followers(bench: Bench) -> Idle:
    """Some of the library's own followers in one process, idle; more would use up the server."""
    with bench.database(tables=False) as dsns:
        command = (sys.executable, "-m", "tests.bench.runner", dsns.owner, str(STOCK))
        async with child(*command, stdout=PIPE) as running:
            assert running.stdout is not None
            if not await running.stdout.readline():
                raise RuntimeError("the stock followers did not start")
            return await watch(running.pid, dsns.owner)


async def watch(pid: int, dsn: str) -> Idle:
    """What it takes while nobody asks it for anything."""
    await asyncio.sleep(SETTLE)
    before = taken(pid)
    await asyncio.sleep(WATCH)
    after = taken(pid)
    percent = (after.cpu_seconds - before.cpu_seconds) / WATCH * 100
    return Idle(after.megabytes, after.threads, percent, connected(dsn))


@asynccontextmanager
async def served(dsn: str) -> AsyncIterator[tuple[int, int]]:
    """`gongzhi serve` in a process of its own on this database: its process and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as data:
        environment = os.environ | {"GONGZHI_DATABASE_URL": dsn, "GONGZHI_DATA": data}
        environment["GONGZHI_LIMIT_ADDRESS"] = "0"
        program = Path(sys.executable).with_name("gongzhi")
        async with child(
            program, "serve", "--port", str(port),
            cwd=data, env=environment, stdout=DEVNULL, stderr=DEVNULL,
        ) as serving:  # fmt: skip
            await answers(serving, port)
            yield serving.pid, port


async def answers(serving: Process, port: int) -> None:
    """Until it listens; thirty seconds at most."""
    until = time.monotonic() + 30
    while serving.returncode is None and time.monotonic() < until:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            return writer.close()
    raise RuntimeError("gongzhi serve did not answer")


def taken(pid: int) -> Taken:
    """Of the process and everything it started."""
    each = [_taken(one) for one in family(pid)]
    return Taken(sum(e[0] for e in each), sum(e[1] for e in each), sum(e[2] for e in each))


def family(pid: int) -> list[int]:
    """The process and its children's children."""
    children = (PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def _taken(pid: int) -> Taken:
    status = dict(
        line.split(":", 1) for line in (PROC / str(pid) / "status").read_text().splitlines()
    )
    times = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    ticks = int(times[11]) + int(times[12])
    resident = int(status["VmRSS"].split()[0]) / 1024
    return Taken(resident, int(status["Threads"]), ticks / os.sysconf("SC_CLK_TCK"))


def connected(dsn: str) -> int:
    """Connections to this database, without the one that asks."""
    asked = (
        "select count(*) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )
    with psycopg.connect(dsn) as connection:
        row = connection.execute(asked).fetchone()
        return int(row[0]) if row else 0
