"""Stamping: once a day the log's head is stamped by an authority outside, and the log says so.

Witnesses say when they saw a head; a recognised authority says it to a court (可信时间戳). A day
that was missed is not made up for: the next head covers what the missed one would have.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import psycopg
from psycopg_pool import AsyncConnectionPool

from events.event import system, today
from events.log import Append, Appended, Conflict, Log
from events.proofs.policies import Policy
from events.proofs.texts import b64
from events.proofs.verdicts import Failed
from events.time_stamps import HeadTimeStamped
from services.heads.authority import Authority, NotStamped
from services.heads.receipts import best_head

log_ = logging.getLogger("gongzhi.heads")
#: Seconds between two looks whether it is time, and the longest rest after a failure.
LOOK, LONGEST = 60.0, 3600.0
#: Days without a stamp after which somebody should look.
MISSED = 2
_DAYS = UUID("a2f4c9a4-7f0e-5d7b-9f5e-0c52be1d6a10")


def day_id(day: date) -> UUID:
    """The stream of a day's stamp: one day, one stamp, whoever gets it."""
    return uuid5(_DAYS, day.isoformat())


class Last(NamedTuple):
    """The last stamp, and its position in the log."""

    position: int
    event: HeadTimeStamped


class Stamping:
    """Has the head stamped once a day, as long as it runs."""

    def __init__(
        self,
        log: Log,
        pool: AsyncConnectionPool[Any],
        policy: Policy | None,
        authority: Authority,
    ) -> None:
        self.log, self.pool = log, pool
        self.policy, self.authority = policy, authority

    async def run(self) -> None:
        """Stamp until cancelled; an authority that is away is asked again, ever less often."""
        rest = LOOK
        while True:
            await asyncio.sleep(rest)
            try:
                await self.of(today())
                rest = LOOK
            except (NotStamped, Failed) as why:
                rest = min(LONGEST, rest * 2)
                log_.warning("the head has no time stamp yet: %s", why)
            except (psycopg.Error, OSError) as gone:
                log_.warning("time stamps wait for the database: %s", gone)

    async def of(self, day: date) -> Appended | None:
        """The stamp of this day; None where it is there already, or nothing is signed.

        Raises `NotStamped`, and `Tampered` where the policy does not know the log's key.
        """
        if await self.log.load(day_id(day)):
            return None
        head = await best_head(self.pool, self.policy)
        if head is None:
            return None
        stamp = await self.authority.stamp(head.note.text.encode())
        event = HeadTimeStamped(
            by=system("time-stamp"), day=day, origin=head.head.origin, size=head.head.size,
            root=b64(head.head.root), authority=self.authority.name,
            stamped_at=stamp.time, token=b64(stamp.data),
        )  # fmt: skip
        try:
            return await self.log.append([Append(day_id(day), 0, [event])])
        except Conflict:
            return None  # another process was first


async def last_stamp(log: Log, on: date) -> Last | None:
    """The last stamp of the days that count; None where none of them has one."""
    for ago in range(MISSED + 1):
        for recorded in await log.load(day_id(on - timedelta(days=ago))):
            if isinstance(recorded.event, HeadTimeStamped):
                return Last(recorded.position, recorded.event)
    return None
