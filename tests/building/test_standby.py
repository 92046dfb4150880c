"""Of several workers one builds a view; when it is killed another takes over within seconds."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from services.views.all import Views
from tests.building.counting import record
from tests.database import Dsns
from tests.opening import open_platform

pytestmark = pytest.mark.postgres

SEATS = """
    select pid, count(*) from pg_locks where locktype = 'advisory' and classid = 7311
    and database = (select oid from pg_database where datname = current_database()) group by 1"""


def start(database: Dsns, folder: Path) -> subprocess.Popen[bytes]:
    own = {k: v for k, v in os.environ.items() if not k.startswith("GONGZHI_")}
    own |= {"GONGZHI_DATABASE_URL": database.owner, "GONGZHI_DATA": str(folder)}
    return subprocess.Popen(
        [Path(sys.executable).parent / "gongzhi", "worker"], cwd=folder, env=own,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


async def holders(database: Dsns) -> dict[int, int]:
    """The database connections that hold seats, and how many."""
    async with await psycopg.AsyncConnection.connect(database.owner) as connection:
        return dict(await (await connection.execute(SEATS)).fetchall())


async def until_held(database: Dsns) -> set[int]:
    async with asyncio.timeout(120):
        while sum((held := await holders(database)).values()) < len(list(Views(None))):  # type: ignore[arg-type]
            await asyncio.sleep(0.05)
    return set(held)


async def test_a_standby_takes_over_when_the_worker_is_killed(
    database: Dsns, tmp_path: Path
) -> None:
    child = start(database, tmp_path)
    try:
        first = await until_held(database)
        async with open_platform(database.owner, database.app) as platform:
            await record(platform, 10)
            assert await platform.seen(10, timeout=120), "the other process builds"
            assert set(await holders(database)) == first, "this one stands by"
            child.kill()
            child.wait(10)
            began = time.monotonic()
            await record(platform, 10)
            assert await platform.seen(20, timeout=120)
            assert time.monotonic() - began < 5
            assert set(await holders(database)) != first
    finally:
        child.kill()
        child.wait(10)
