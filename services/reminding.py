"""Reminding: who has not said what she thinks of how her complaint was handled is reminded, once.

Twenty days after the end she is reminded, twenty days later it is recorded that she did not answer,
which is counted by itself. Both are acts of a rule, dated when they were done.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
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
#: Seconds between two looks, and until the first.
EVERY = 3600.0
_RULE = system("rating")


class Reminding:
    """Looks once an hour at what ended and was not rated."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    async def run(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.turn(datetime.now(UTC))
            except Exception:
                log_.exception("reminding goes on after a fault")

    async def turn(self, now: datetime) -> int:
        """Do what is due now; how much was done. Each act is done once, whoever else does it."""
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
