"""Calendars: an arrangement of holidays is read into the log; a later version replaces it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from events.clocks import CalendarDay, CalendarYearLoaded
from events.event import Acting, Event
from events.ids import derived_id
from events.log import Appended
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change, load
from services.actions.command import Command, Given
from services.actions.refused import AlreadyDecided
from services.clocks.shipped import FIRST, LAST


class LoadCalendarYear(Command):
    """Take this arrangement for the days of its year."""

    SAYS = Words("载入放假安排", "Load the arrangement")

    year: int
    source: Given
    sha256: Given
    file: Given
    effective: date
    days: tuple[CalendarDay, ...]


def calendar_id(year: int) -> UUID:
    """Where the versions of a year stand."""
    return derived_id(UUID(int=0), f"calendar-{year}")


async def load_calendar_year(log: Log, command: LoadCalendarYear) -> Appended:
    """A first arrangement of the year, or one that replaces the last."""
    id = calendar_id(command.year)
    known = await load(log, CalendarYear, id)
    how = change if known.version else begin
    return await how(log, CalendarYear, id, command, CalendarYear.arrange)


class CalendarYear(Aggregate):
    """The arrangement of one year; the shipped one is its first version."""

    WORD: ClassVar[Words] = Words("放假安排", "arrangement of holidays")
    IN_ORDER = False

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.sha256 = ""
        self.edition = 0

    def relation(self, by: Acting) -> str:
        return "any"

    def arrange(self, command: LoadCalendarYear) -> None:
        if command.sha256 == self.sha256:
            raise AlreadyDecided(_THERE.fill(year=str(command.year), n=self.edition))
        before = self.edition or int(FIRST <= command.year <= LAST)
        self.record(
            CalendarYearLoaded, command, year=command.year, edition=before + 1,
            source=command.source, sha256=command.sha256, file=command.file,
            effective=command.effective, days=list(command.days),
        )  # fmt: skip

    def when(self, event: Event) -> None:
        self.state = "loaded"
        if isinstance(event, CalendarYearLoaded):
            self.sha256, self.edition = event.sha256, event.edition


_THERE = Words(
    "这份 {year} 年放假安排已经载入（第 {n} 版），不需要再载入",
    "This arrangement of {year} is loaded already (version {n})",
)
