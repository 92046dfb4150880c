"""The clock process: says when a deadline comes near or has passed, and counts anew what moved.

Whatever it says has an id derived from its cause: several workers, a restart, a missed week lead
to each thing being said once. It asks the index of open clocks by time and never goes through all
of them but when a new arrangement of holidays was loaded. It decides nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from events.clocks import ClockBreached, ClockEvent, ClockWarned
from events.ids import derived_id
from events.log import Append, Conflict, Log
from services.actions.clocks import late_stream
from services.clocks.calendar import Calendar
from services.clocks.schedule import BREACH, Alarm, following, schedule
from services.timekeeping.index import counted
from services.timekeeping.recounting import Recount, about_clock, recounts, with_facts
from services.views.obligations import Obligations
from services.views.view import Row

#: Clocks that speak in one turn; and clocks that are counted anew between two pauses for others.
BATCH, PART = 500, 2000
#: Seconds between two looks at the index.
EVERY = 1.0
_WHERE = "select position from views.tracking where name = 'clocks' and version = 1"
_REACHED = "update views.tracking set position = %s where name = 'clocks' and version = 1"
_TRACK = "insert into views.tracking (name, version) values ('clocks', 1) on conflict do nothing"


def now() -> datetime:
    return datetime.now(UTC)


class ClockProcess:
    """Follows the index of open clocks; one process at a time."""

    def __init__(
        self, log: Log, board: Obligations, now: Callable[[], datetime] = now, every: float = EVERY
    ) -> None:
        self.log, self.board, self.now, self.every = log, board, now, every
        self._wanted: tuple[int, datetime] | None = None
        self._looked = 0.0

    async def lay(self) -> None:
        async with self.log.pool.connection() as connection:
            await connection.execute(_TRACK)

    async def act(self, until: int) -> bool:
        """Say what is to be said, once the views have seen what was recorded before the look.

        Whether anything was added to the log.
        """
        if self._wanted is None:
            if time.monotonic() - self._looked < self.every:
                return False
            self._wanted = await self.log.size(), self.now()
        size, moment = self._wanted
        if until < size:
            return False
        self._wanted, self._looked = None, time.monotonic()
        return await self.tick(moment)

    async def tick(self, moment: datetime) -> bool:
        """One look, unless there is nothing to do or another process is looking."""
        if not await self._waits(moment):
            return False
        async with self.log.pool.connection() as connection, connection.transaction():
            row = await (await connection.execute(_WHERE + " for update skip locked")).fetchone()
            if row is None:
                return False
            await self.board.times.read()
            added = await self._moved(moment)
            if row[0] < self.board.times.loaded:
                added = await self._all(moment) or added
                await connection.execute(_REACHED, [self.board.times.loaded])
            return added or await self._due(moment)

    async def _waits(self, moment: datetime) -> bool:
        """Whether there is anything to do; asked without holding a connection meanwhile."""
        await self.board.times.read()
        async with self.log.pool.connection() as connection:
            row = await (await connection.execute(_WHERE)).fetchone()
        return (
            (row is not None and row[0] < self.board.times.loaded)
            or bool(await self.board.stale(1))
            or bool(await self.board.due(moment, 1))
        )

    # -- counting anew ---------------------------------------------------------------------

    async def _moved(self, moment: datetime) -> bool:
        """Clocks of records that were paused or given more time."""
        added = False
        for row in await self.board.stale(BATCH):
            history = await self.log.load(UUID(row["record"]))
            made = recounts(with_facts(row, history), self._calendar, moment)
            added = await self._append([made]) or added
        return added

    async def _all(self, moment: datetime) -> bool:
        """Every open clock, after a calendar was loaded; those whose date stays are left alone."""
        added, last = False, ""
        while rows := await self.board.running(last, PART):
            made = (recounts(row, self._calendar, moment) for row in rows)
            added = await self._append([each for each in made if each.changes]) or added
            last = rows[-1]["id"]
            await asyncio.sleep(0)
        return added

    @property
    def _calendar(self) -> Calendar:
        return self.board.times.calendar

    async def _append(self, found: Sequence[Recount]) -> bool:
        return await self._say((each.stream, each.event) for each in found)

    # -- warning ---------------------------------------------------------------------------

    async def _due(self, moment: datetime) -> bool:
        rows = await self.board.due(moment, BATCH)
        return await self._say(
            said for row in rows for said in _spoken(row, self._calendar, moment)
        )

    async def _say(self, said: Iterable[tuple[UUID, ClockEvent]]) -> bool:
        """Many at once; where one was said already, each by itself."""
        changes = [Append(stream, 0, [event]) for stream, event in said]
        added = False
        for start in range(0, len(changes), BATCH):
            part = changes[start : start + BATCH]
            try:
                await self.log.append(part)
                added = True
            except Conflict:
                added = await self._one_by_one(part) or added
        return added

    async def _one_by_one(self, changes: Sequence[Append]) -> bool:
        added = False
        for change in changes:
            try:
                await self.log.append([change])
            except Conflict:
                continue
            added = True
        return added


def _spoken(row: Row, calendar: Calendar, moment: datetime) -> Iterator[tuple[UUID, ClockEvent]]:
    """What a clock has to say until now, each with the id that its cause gives it."""
    alarms = schedule(counted(row, calendar), row["entered"])
    alarm, first = following(alarms, row["stage"]), True
    if alarm is None:
        again = recounts(row, calendar, moment)
        yield again.stream, again.event
    while alarm is not None and (first or alarm.at <= moment):
        coming = following(alarms, alarm.stage)
        yield _said(row, alarm, coming.at if coming else None)
        alarm, first = coming, False


def _said(row: Row, alarm: Alarm, next_at: datetime | None) -> tuple[UUID, ClockEvent]:
    about = about_clock(row)
    record, clock = UUID(row["record"]), row["id"]
    if alarm.stage == BREACH:
        late = ClockBreached(**about, latest=row["latest"], next_at=next_at)
        return late_stream(record, clock), late
    cause = f"warned/{clock}/{alarm.stage}/{row['until']}/{row['recounts']}"
    warned = ClockWarned(**about, stage=alarm.stage, safe=row["until"], next_at=next_at)  # type: ignore[arg-type]
    return derived_id(record, cause), warned
