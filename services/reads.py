"""Reads: who looked at personal data is noted at once, and recorded in the log within a second.

A page does not wait for it. What was looked at for one request becomes one event; the events of
this process make one stream, which nobody else writes, so that they never conflict.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

import psycopg

from events.event import Acting
from events.ids import new_id
from events.log import Append, Conflict, Log, LogUnavailable
from events.reads import PersonalDataRead, Read
from events.terms import READ_REASONS, READS
from services.correlation import current

log_ = logging.getLogger("gongzhi.reads")
#: Seconds between a look and its record at most, while the database is there.
SOON = 0.5
#: So many looks are kept while it is away; then nothing personal is shown any more.
MOST = 10_000


class TooManyUnrecorded(LogUnavailable):
    """Reads cannot be recorded, hence nobody may read."""


class Reads:
    """What was read in this process and is not recorded yet."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.stream, self.version = new_id(), 0
        self._noted: dict[tuple[Acting, str], list[Read]] = {}
        self._wake, self._recording = asyncio.Event(), asyncio.Lock()

    @property
    def waiting(self) -> int:
        """How many looks are not recorded yet."""
        return sum(map(len, self._noted.values()))

    def note(
        self, by: Acting, what: str, record: object, number: str, why: str, item: str = ""
    ) -> None:
        """She is about to see it. Raises `TooManyUnrecorded`."""
        if what not in READS or why not in READ_REASONS:
            raise ValueError(f"nobody could read what {what} and {why} mean")
        if self.waiting >= MOST:
            raise TooManyUnrecorded("reads cannot be recorded")
        read = Read(
            what=what, record=str(record), number=number, why=why, at=_now(), item=item
        )  # fmt: skip
        self._noted.setdefault((by, current()), []).append(read)
        self._wake.set()

    async def run(self) -> None:
        """Record what is noted, until cancelled."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(SOON)
            try:
                await self.record()
            except (psycopg.Error, OSError, LogUnavailable) as gone:
                log_.warning("%d reads wait to be recorded: %s", self.waiting, gone)

    async def record(self) -> None:
        """Record all that is noted now; what cannot be recorded stays noted."""
        async with self._recording:
            await self._record()

    async def _record(self) -> None:
        self._wake.clear()
        noted, self._noted = self._noted, {}
        events = [
            PersonalDataRead(by=by, correlation=correlation, reads=reads)
            for (by, correlation), reads in noted.items()
        ]
        try:
            await self._append(events)
        except BaseException:
            self._keep(noted)
            raise

    async def _append(self, events: list[PersonalDataRead]) -> None:
        if not events:
            return
        try:
            await self.log.append([Append(self.stream, self.version, events)])
        except Conflict:  # an answer was lost: it may stand twice, it must not be missing
            self.stream, self.version = new_id(), 0
            await self.log.append([Append(self.stream, 0, events)])
        self.version += len(events)

    def _keep(self, noted: dict[tuple[Acting, str], list[Read]]) -> None:
        for key, reads in noted.items():
            self._noted[key] = [*reads, *self._noted.get(key, [])]
        self._wake.set()


def _now() -> datetime:
    return datetime.now(UTC)
