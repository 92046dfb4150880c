"""Reminding: who has not said what she thinks of how her complaint was handled is reminded, once.

Twenty days after the end she is reminded, twenty days later it is recorded that she did not answer,
which is counted by itself. Both are acts of a rule, dated when they were done.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from events.event import CHINA, system
from services.actions.complaints import (
    RATE_WITHIN,
    LapseRating,
    RemindRating,
    lapse_rating,
    remind_rating,
)
from services.actions.refused import Refused
from services.perform import perform

if TYPE_CHECKING:
    from services.platform import Platform
    from services.views.view import Row

log_ = logging.getLogger("gongzhi.reminding")
#: Between two looks, whichever process does them; seconds between asking whether it is time.
EVERY, POLL = timedelta(hours=1), 60.0
_RULE = system("rating")
#: When the last look was; it begins when this software came in.
_BEGIN = "insert into desk.settings values ('reminding', %(now)s) on conflict do nothing"
_TURN = """
    update desk.settings set value = %(now)s
    where key = 'reminding' and value::timestamptz <= %(before)s returning key"""


class Reminding:
    """Looks once an hour at what ended and was not rated, however often the server is restarted.

    Each act is done once, whoever looks and how often.
    """

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    async def run(self) -> None:
        while True:
            try:
                if await self.is_time(now := datetime.now(UTC)):
                    await self.turn(now)
            except Exception:
                log_.exception("reminding goes on after a fault")
            await asyncio.sleep(POLL)

    async def is_time(self, now: datetime) -> bool:
        """Whether the last look was an hour ago; it is this one then."""
        asked = {"now": now.isoformat(), "before": now - EVERY}
        async with self.platform.pool.connection() as connection:
            await connection.execute(_BEGIN, asked)
            return await (await connection.execute(_TURN, asked)).fetchone() is not None

    async def turn(self, now: datetime) -> int:
        """Do all that is due now, part by part; how much was done."""
        many = 0
        while done := await self._some(now):
            many += done
            await self.platform.seen(await self.platform.log.size())
        return many

    async def _some(self, now: datetime) -> int:
        today = now.astimezone(CHINA).date()
        found = await self.platform.views.complaints.unrated(today, RATE_WITHIN)
        return sum([await self._act(row, now) for row in found])

    async def _act(self, row: Row, now: datetime) -> bool:
        known = {"by": _RULE, "at": now, "complaint": row["id"]}
        try:
            if row["reminded_on"] is None:
                command = RemindRating(**known, key=f"remind:{row['id']}:{row['ended_on']}")
                done = await perform(self.platform.log, remind_rating, command)
            else:
                lapses = LapseRating(**known, key=f"lapse:{row['id']}:{row['ended_on']}")
                done = await perform(self.platform.log, lapse_rating, lapses)
        except Refused as refused:
            log_.debug("not reminded: %s", refused)
            return False
        return not done.repeated
