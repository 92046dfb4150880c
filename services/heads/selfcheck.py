"""Self-check: every so often the log is checked, and what was found is kept and told.

Several processes may run it: a lock of the database lets one at a time, and whoever comes next
finds it done.
"""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from events.words import Words
from services.heads.checking import Checked, Progress, check

log_ = logging.getLogger("gongzhi.heads")
#: Seconds between two looks whether it is time; the first is not at the start, when all is busy.
LOOK = 60.0

_LOCK, _UNLOCK = "select pg_try_advisory_lock(7311)", "select pg_advisory_unlock(7311)"
_LAST = "select * from log.checks order by checked_at desc limit %s"
_KEEP = """
    insert into log.checks (seconds, size, heads, position, zh, en)
    values (%s, %s, %s, %s, %s, %s)"""


class Found(NamedTuple):
    """What one check found; `position` = the first event that is not as it was."""

    checked_at: datetime
    seconds: float
    size: int
    heads: int
    position: int | None
    zh: str
    en: str

    @property
    def words(self) -> Words:
        """What is wrong with the event at `position`."""
        return Words(self.zh, self.en)


class SelfCheck:
    """Checks the log `every` so often, as long as it runs."""

    def __init__(self, pool: AsyncConnectionPool[Any], every: timedelta) -> None:
        self.pool, self.every = pool, every

    async def run(self) -> None:
        """Check until cancelled; nothing that goes wrong here stops the log."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                if await self.is_due():
                    await self.now()
            except (psycopg.Error, OSError) as gone:
                log_.warning("the log waits to be checked: %s", gone)

    async def is_due(self) -> bool:
        found = await last_checks(self.pool, 1)
        if not found:
            return True
        at = found[0].checked_at
        return datetime.now(at.tzinfo) - at >= self.every

    async def now(self, progress: Progress | None = None) -> Checked | None:
        """Check, keep and tell what was found; None where another process is at it."""
        async with self.pool.connection() as connection:
            if not await _asked(connection, _LOCK):
                return None
            try:
                return await self._check(connection, progress)
            finally:
                await connection.execute(_UNLOCK)

    async def _check(self, connection: AsyncConnection[Any], progress: Progress | None) -> Checked:
        begun = time.monotonic()
        found = await check(connection, progress)
        seconds, wrong = time.monotonic() - begun, found.altered
        said = (wrong.position, *wrong.words) if wrong else (None, "", "")
        await connection.execute(_KEEP, [seconds, found.size, found.heads, *said])
        if wrong is not None:
            log_.critical("THE LOG IS NOT WHAT IT WAS at position %s", wrong)
        return found


async def last_checks(pool: AsyncConnectionPool[Any], most: int) -> list[Found]:
    """The last checks, newest first."""
    async with pool.connection() as connection:
        rows = await (await connection.execute(_LAST, [most])).fetchall()
    return [Found(*row) for row in rows]


async def _asked(connection: AsyncConnection[Any], sql: str) -> bool:
    row = await (await connection.execute(sql.encode())).fetchone()
    return bool(row and row[0])
