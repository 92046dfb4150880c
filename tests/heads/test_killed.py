"""Killed between commit and publication, and several processes that sign at once.

`python -m tests.heads.test_killed DSN WHERE` is such a process.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest
from psycopg_pool import AsyncConnectionPool

from events.ids import new_id
from events.log import Append, Log
from events.proofs.checkpoints import Checkpoint
from events.proofs.heads import Head
from services.heads.checking import check
from services.heads.publisher import Heads, Publisher
from services.heads.signing import KeySigner
from services.platform import Platform
from tests.database import Dsns
from tests.events.test_log import accepted
from tests.heads.conftest import KEY, grow

pytestmark = pytest.mark.postgres
ROOT = Path(__file__).parents[2]


class Dying(KeySigner):
    """Signs, and is killed before anybody hears of it."""

    async def sign(self, head: Head) -> Checkpoint:
        await super().sign(head)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


async def _process(dsn: str, where: str) -> None:
    async with AsyncConnectionPool(
        dsn, min_size=1, max_size=2, kwargs={"autocommit": True}
    ) as pool:
        publisher = Publisher(pool, (Dying if where == "signed" else KeySigner)(KEY))
        if where == "always":
            print("ready", flush=True)
            while True:
                await publisher.publish()
        await Log(pool).append([Append(new_id(), 0, [accepted()]) for _ in range(5)])
        if where == "committed":
            os.kill(os.getpid(), signal.SIGKILL)
        await publisher.publish()


async def started(database: Dsns, where: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.heads.test_killed", database.app, where,
        cwd=ROOT, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip


async def heads(platform: Platform) -> list[int]:
    async with platform.pool.connection() as connection:
        rows = await (
            await connection.execute("select size from log.heads order by size")
        ).fetchall()
    return [row[0] for row in rows]


@pytest.mark.parametrize("where", ["committed", "signed"])
async def test_killed_before_its_head_is_kept_another_signs_what_was_recorded(
    platform: Platform, database: Dsns, where: str
) -> None:
    await grow(platform, 3)
    standby = Publisher(platform.pool, KeySigner(KEY))
    await standby.publish()
    dying = await started(database, where)
    assert await dying.wait() == -signal.SIGKILL, (await dying.communicate())[1]
    assert await platform.log.size() == 8, "what was committed is there"
    assert await heads(platform) == [3], "and no head of it yet"
    for taking_over in (standby, Publisher(platform.pool, KeySigner(KEY))):
        await taking_over.publish()
    latest = await Heads(platform.pool).latest()
    assert latest is not None
    assert latest.verify_log([KEY.verifier]) == KEY.verifier
    assert await heads(platform) == [3, 8]


async def test_processes_that_sign_at_once_never_contradict_each_other(
    platform: Platform, database: Dsns
) -> None:
    signing = [await started(database, "always") for _ in range(3)]
    try:
        for one in signing:
            assert one.stdout is not None
            assert await asyncio.wait_for(one.stdout.readline(), 120) == b"ready\n"
        for nth in range(60):
            await grow(platform, 7)
            if nth == 20:
                signing[0].send_signal(signal.SIGKILL)
        size = await platform.log.size()
        async with asyncio.timeout(120):
            while (await heads(platform))[-1:] != [size]:
                await asyncio.sleep(0.05)
        assert [one.returncode for one in signing[1:]] == [None, None], "neither found fault"
    finally:
        for one in signing:
            if one.returncode is None:
                one.kill()
            await one.communicate()
    async with platform.pool.connection() as connection:
        found = await check(connection)
    assert found.altered is None, "every head is the root of its events"
    assert found.heads == len(await heads(platform)) > 10


if __name__ == "__main__":
    asyncio.run(_process(*sys.argv[1:]))
