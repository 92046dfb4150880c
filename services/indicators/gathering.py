"""Gathering: the events of a month's complaints up to a position, found by an index of the view.

Which complaints a month has does not change after they were received; everything else is read
from the log, never from a view that has gone on since.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from events.event import CHINA, Recorded
from events.words import Words
from services.actions.clocks import late_stream
from services.actions.refused import NotFound
from services.clocks.deadline import months_after
from services.indicators.counting import Figures, Setting, counted, debts

if TYPE_CHECKING:
    from events.log import Log
    from services.views.all import Views

#: So many complaints after this one, in order.
Part = Callable[[str], Awaitable[list[UUID]]]
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
    end = months_after(first, 1)

    async def part(after: str) -> list[UUID]:
        return await views.complaints.received_in(first, end, after, _PAGE)

    return await _counted(log, views, part, first, end, upto)


async def figures_about(
    log: Log, views: Views, enterprise: str, month: str, months: int, upto: int
) -> list[Figures]:
    """The same for what was received about one enterprise in so many months to that one."""
    last = month_of(month)
    first, end = months_after(last, 1 - months), months_after(last, 1)

    async def part(after: str) -> list[UUID]:
        return await views.complaints.received_about(enterprise, first, end, after, _PAGE)

    return await _counted(log, views, part, first, end, upto)


async def _counted(
    log: Log, views: Views, part: Part, first: date, end: date, upto: int
) -> list[Figures]:
    recorded_at = await log.recorded_at(upto)
    if recorded_at is None:
        raise NotFound(Words(f"日志没有第 {upto} 条", f"The log has no position {upto}"))
    events = await _events(log, views, part, upto)
    times = views.obligations.times
    await times.read()
    on = Setting(recorded_at.astimezone(CHINA).date(), times.at(upto), times.profile)
    return await asyncio.to_thread(counted, events, first, end, on)


async def _events(log: Log, views: Views, part: Part, upto: int) -> list[Recorded]:
    found: list[Recorded] = []
    after = ""
    while ids := await part(after):
        made = await views.followups.made_of([str(id) for id in ids])
        of_these = [*await log.of_streams(ids, upto), *await log.of_streams(made, upto)]
        found += [*of_these, *await _noted(log, of_these, upto)]
        after = str(ids[-1])
    return found


async def _noted(log: Log, events: list[Recorded], upto: int) -> list[Recorded]:
    """Where it stands of what these events owed that it was late."""
    owed = sorted(debts(events), key=lambda row: str(row["id"]))
    streams = [late_stream(UUID(row["record"]), row["id"]) for row in owed]
    return await log.of_streams(streams, upto) if streams else []
