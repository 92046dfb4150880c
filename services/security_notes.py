"""Security notes: what the security log tells is counted, and recorded in the log each minute.

The same thing again within the minute adds one to a count, so that whoever guesses a thousand times
makes no thousand events. A page waits for nothing; after a kill the last minute is missing, which
the lines of the security log still have.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

import psycopg

from events.event import system
from events.ids import new_id
from events.log import Append, Conflict, Log, LogUnavailable
from events.security import Noted, SecurityNoted
from services.security import HEARD

log_ = logging.getLogger("gongzhi.security.notes")
#: Seconds between two records.
EVERY = 60.0
#: So many different things are kept apart in a minute; others are counted by their kind alone.
MOST = 500
_FIELDS = ("person", "party", "route", "whom", "source", "why")
Key = tuple[str, ...]


class SecurityNotes:
    """What was noted in this process and is not recorded yet."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.stream, self.version = new_id(), 0
        self._noted: dict[Key, tuple[int, datetime]] = {}
        self._recording = asyncio.Lock()

    def note(self, what: str, **about: str | int) -> None:
        """It happened once more."""
        key = (what, *(str(about.get(name, "")) for name in _FIELDS))
        if key not in self._noted and len(self._noted) >= MOST:
            key = (what, *("" for _ in _FIELDS))
        times, _ = self._noted.get(key, (0, None))
        self._noted[key] = (times + 1, datetime.now(UTC))

    async def run(self) -> None:
        """Hear what the security log tells and record it, until cancelled."""
        HEARD.append(self.note)
        try:
            while True:
                await asyncio.sleep(EVERY)
                await self.record()
        finally:
            HEARD.remove(self.note)

    async def record(self) -> None:
        """Record all that is noted now; where the log is away it waits for the next minute."""
        async with self._recording:
            noted, self._noted = self._noted, {}
            if not noted:
                return
            try:
                await self._append(noted)
            except (psycopg.Error, OSError, LogUnavailable) as gone:
                log_.warning("%d security notes wait to be recorded: %s", len(noted), gone)
                for key, (times, at) in noted.items():
                    more, latest = self._noted.get(key, (0, at))
                    self._noted[key] = (times + more, max(at, latest))

    async def _append(self, noted: dict[Key, tuple[int, datetime]]) -> None:
        said = [
            Noted(what=what, times=times, at=at, **dict(zip(_FIELDS, about, strict=True)))
            for (what, *about), (times, at) in noted.items()
        ]
        event = SecurityNoted(by=system("security"), noted=said)
        try:
            await self.log.append([Append(self.stream, self.version, [event])])
        except Conflict:  # an answer was lost: it may stand twice, it must not be missing
            self.stream, self.version = new_id(), 0
            await self.log.append([Append(self.stream, 0, [event])])
        self.version += 1
