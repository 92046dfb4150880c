"""Gathering: the events of a month's complaints up to a position, found by an index of the view.

Which complaints a month has does not change after they were received; everything else is read
from the log, never from a view that has gone on since.
"""

from __future__ import annotations

import asyncio
import re
from datetime import date
from typing import TYPE_CHECKING

from events.event import CHINA, Recorded
from events.words import Words
from services.actions.refused import NotFound
from services.clocks.deadline import months_after
from services.indicators.counting import Figures, Setting, counted

if TYPE_CHECKING:
    from events.log import Log
    from services.views.all import Views

_PAGE = 500
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def month_of(text: str) -> date:
    """The first day of a month as an address or a form names it; raises `NotFound`."""
    if not _MONTH.fullmatch(text):
        raise NotFound(Words(f"“{text}”不是月份，请写成 2026-10", f"“{text}” is no month: 2026-10"))
    return date.fromisoformat(f"{text}-01")


async def figures_of(log: Log, views: Views, month: str, upto: int) -> list[Figures]:
    """The figures of every body for what was received in the month, as the log stood there."""
    first = month_of(month)
    recorded_at = await log.recorded_at(upto)
    if recorded_at is None:
        raise NotFound(Words(f"日志没有第 {upto} 条", f"The log has no position {upto}"))
    end = months_after(first, 1)
    events = await _events(log, views, first, end, upto)
    times = views.obligations.times
    await times.read()
    on = Setting(recorded_at.astimezone(CHINA).date(), times.at(upto), times.profile)
    return await asyncio.to_thread(counted, events, first, end, on)


async def _events(log: Log, views: Views, first: date, end: date, upto: int) -> list[Recorded]:
    found: list[Recorded] = []
    after = ""
    while ids := await views.complaints.received_in(first, end, after, _PAGE):
        found += await log.of_streams(ids, upto)
        made = await views.followups.made_of([str(id) for id in ids])
        found += await log.of_streams(made, upto)
        after = str(ids[-1])
    return found
