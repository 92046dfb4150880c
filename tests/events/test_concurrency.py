"""Several processes append at once: gapless, in commit order, nothing lost, nothing doubled."""

from __future__ import annotations

import subprocess
import sys
from contextlib import aclosing
from uuid import UUID

import pytest
from psycopg_pool import AsyncConnectionPool

from events.event import Recorded
from events.ids import new_id
from events.log import Log
from tests.database import Dsns

pytestmark = pytest.mark.postgres

PROCESSES, APPENDS = 4, 150


def start(dsn: str, shared: UUID) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.events.appender", dsn, str(APPENDS), str(shared)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


async def test_several_processes_append_at_once(database: Dsns) -> None:
    shared = new_id()
    async with (
        AsyncConnectionPool(database.app, kwargs={"autocommit": True}) as pool,
        aclosing(Log(pool)) as log,
    ):
        children = [start(database.app, shared) for _ in range(PROCESSES)]
        seen = await tail(log, children)
        said = [line for c in children for line in c.communicate()[0].splitlines()]
        assert [c.returncode for c in children] == [0] * PROCESSES
        seen += await log.after(len(seen), 100_000)
        whole = [r async for page in log.pages() for r in page]
    acknowledged = [line.split() for line in said if line != "conflict"]
    assert len(acknowledged) + said.count("conflict") == PROCESSES * APPENDS
    assert seen == whole, "a reader that follows the log saw every event, once, in order"
    check_gapless(whole)
    check_acknowledged(whole, acknowledged)
    versions = [r.version for r in whole if r.stream == shared]
    assert versions == list(range(1, len(versions) + 1))


async def tail(log: Log, children: list[subprocess.Popen[str]]) -> list[Recorded]:
    """Reads on from the last position it saw, as views do, while the others write."""
    seen: list[Recorded] = []
    while any(child.poll() is None for child in children):
        seen += await log.after(seen[-1].position if seen else 0, 50)
    return seen


def check_gapless(whole: list[Recorded]) -> None:
    assert [r.position for r in whole] == list(range(1, len(whole) + 1))
    times = [r.recorded_at for r in whole]
    assert times == sorted(times)


def check_acknowledged(whole: list[Recorded], acknowledged: list[list[str]]) -> None:
    """Each append stands in one piece where its writer was told, and there is nothing else."""
    for first, last, stream, after in acknowledged:
        part = whole[int(first) - 1 : int(last)]
        assert {str(r.stream) for r in part} == {stream}
        assert [r.version for r in part] == [int(after) + n for n in range(1, len(part) + 1)]
    assert sum(int(last) - int(first) + 1 for first, last, *_ in acknowledged) == len(whole)
