"""Times: the calendar as it was known at each position of the log, and the province of each body.

What counts for a deadline is what stood in the log when its clock started, so that a view that
is built anew shows the same dates. Learned from few events, in the order of the log: read when
somebody begins to build, and seen while building.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from events.clocks import CalendarDay, CalendarYearLoaded
from events.event import Event, Recorded
from events.log import Log
from events.parties import CouncilEstablished, RegulatorEstablished
from services.clocks.calendar import Calendar, Year, china
from services.clocks.shipped import Day, named

#: The first two digits of a division, and the profile of its councils.
PROVINCES = {"31": "shanghai", "33": "zhejiang", "35": "fujian"}
KINDS: tuple[type[Event], ...] = (CalendarYearLoaded, CouncilEstablished, RegulatorEstablished)
_PAGE = 1000


class Times:
    """What clocks need to know besides their own case."""

    def __init__(self, log: Log | None = None) -> None:
        self.log = log
        self._positions: list[int] = [0]
        self._calendars: list[Calendar] = [china()]
        self._profiles: dict[str, str] = {}
        self._last = 0

    def at(self, position: int) -> Calendar:
        """The calendar as it was known there."""
        return self._calendars[bisect_right(self._positions, position) - 1]

    @property
    def calendar(self) -> Calendar:
        """The calendar as it is known now."""
        return self._calendars[-1]

    @property
    def loaded(self) -> int:
        """Where the last arrangement stands in the log; 0 = only those that are shipped."""
        return self._positions[-1]

    def profile(self, party: str) -> str:
        """The profile of the province a body is in; "" where it is no body of ours."""
        return self._profiles.get(party, "")

    def learn(self, recorded: Recorded) -> None:
        """What the event says of days or places; again is the same as once."""
        event = recorded.event
        if isinstance(event, CouncilEstablished | RegulatorEstablished):
            province = PROVINCES.get(event.division[:2], "")
            self._profiles[str(recorded.stream)] = province
        elif isinstance(event, CalendarYearLoaded) and recorded.position > self.loaded:
            self._positions.append(recorded.position)
            self._calendars.append(self.calendar.with_year(year_of(event)))

    async def read(self) -> None:
        """Everything the log says, as far as it is not known yet."""
        if self.log is None or (size := await self.log.size()) == self._last:
            return
        while page := await self.log.of_kinds(KINDS, self._last, _PAGE):
            for recorded in page:
                self.learn(recorded)
                self._last = recorded.position
        self._last = max(self._last, size)


def year_of(event: CalendarYearLoaded) -> Year:
    """The arrangement that an event brought."""
    return Year(event.year, days_of(event.days), event.edition, event.source, event.sha256)


def days_of(days: Iterable[CalendarDay]) -> dict[date, Day]:
    return {each.day: Day(named(each.name), each.off) for each in days}
