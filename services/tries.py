"""Tries: answers that could be guesses are counted, and whoever guesses too often has to rest.

Counted in the database, so that all processes count together, and before the answer is checked,
so that many at once do not slip through. What has rested enough is deleted by the next try.
"""

from __future__ import annotations

import math
from typing import Any

from psycopg_pool import AsyncConnectionPool

from events.words import Words
from services.actions.refused import Refused

Pool = AsyncConnectionPool[Any]

#: For how long a try counts.
MINUTES = 15
#: Wrong answers from one address, whatever number or name they are about. An office or a mobile
#: network shares one; right answers are taken back, so only those who guess use it up.
MOST_FROM = 30

_FORGET_OLD = """
    delete from desk.attempts where ctid in (
        select ctid from desk.attempts where at <= now() - make_interval(mins => %s)
        limit 1000 for update skip locked)"""
_ALONE = "select pg_advisory_xact_lock(7313, hashtext(%s))"
_TRIES = """
    select count(*), extract(epoch from min(at) + make_interval(mins => %s) - now())::float
    from desk.attempts where what = %s and at > now() - make_interval(mins => %s)"""
_TRY = "insert into desk.attempts (what) values (%s)"
_FORGET = "delete from desk.attempts where what = %s"
_TAKE_BACK = """
    delete from desk.attempts where ctid in (
        select ctid from desk.attempts where what = %s order by at desc limit 1)"""


class TooMany(Refused):
    """Too many wrong answers: says how long to wait; `seconds` until the next may be given."""

    def __init__(self, words: Words, seconds: int) -> None:
        super().__init__(words.fill(minutes=math.ceil(seconds / 60)))
        self.seconds = seconds


async def count_try(pool: Pool, what: str, most: int, words: Words) -> None:
    """Count a try at `what`; raises `TooMany` with `words` ({minutes}) once there were `most`."""
    async with pool.connection() as connection:
        await connection.execute(_FORGET_OLD, (MINUTES,))
        async with connection.transaction():
            await connection.execute(_ALONE, (what,))
            cursor = await connection.execute(_TRIES, (MINUTES, what, MINUTES))
            count, wait = await cursor.fetchone() or (0, None)
            if count < most:
                await connection.execute(_TRY, (what,))
                return
    raise TooMany(words, max(1, math.ceil(wait or 1)))


async def tries(pool: Pool, what: str) -> int:
    """How many tries at `what` count now."""
    async with pool.connection() as connection:
        cursor = await connection.execute(_TRIES, (MINUTES, what, MINUTES))
        row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def forget_tries(pool: Pool, what: str) -> None:
    """The answer was right: what was tried before no longer counts."""
    await _do(pool, _FORGET, what)


async def take_back(pool: Pool, what: str) -> None:
    """The answer was right: this one try does not count, those before it do."""
    await _do(pool, _TAKE_BACK, what)


async def _do(pool: Pool, sql: str, what: str) -> None:
    async with pool.connection() as connection:
        await connection.execute(sql.encode(), (what,))
