"""Calendar: which days people work in mainland China, by the arrangement of each year.

An arrangement (`Year`) is the State Council's notice of one year: its days off and its make-up
days; it may still move days of the December before. A later version of a year replaces the
earlier one. A year nobody has an arrangement of counts as plain weekends and bare statutory
days, and every date that rests on it is *provisional*.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import accumulate

from events.words import Words, both
from services.clocks.shipped import FIRST, LAST, Day, arrangement, holiday, statutory

__all__ = ["FIRST", "LAST", "Calendar", "Day", "Span", "Year", "china"]

#: The days that can be counted.
EARLIEST, FAREST = date(1990, 1, 1), date(2100, 12, 31)
_BASE = EARLIEST.toordinal()
_DAYS = FAREST.toordinal() - _BASE + 1
#: A year's arrangement may still move days of the last week before it (29 December 2018).
_LAST_WEEK = (12, 25)
#: The longest period of the register is five years.
_AHEAD = 6
_DAY = timedelta(days=1)
SHIPPED = Words("随软件发布", "shipped with the software")


@dataclass(frozen=True)
class Year:
    """The arrangement of one year, in one version."""

    year: int
    days: Mapping[date, Day]
    version: int = 1
    source: str = ""
    sha256: str = ""

    @property
    def said(self) -> Words:
        """Which it is: 2026年放假安排（第1版，…）."""
        where = both(self.source) if self.source else SHIPPED
        return Words(
            f"{self.year}年放假安排第{self.version}版（{where.zh}）",
            f"arrangement of {self.year}, version {self.version} ({where.en})",
        )

    @property
    def breaks(self) -> list[Span]:
        """Its days off, run by run, with the holidays they are for."""
        return [span for span in Calendar({self.year: self}).spans if span.first in self.days]

    @property
    def makeups(self) -> list[tuple[date, Words]]:
        """Its make-up days, and for which holiday each is worked."""
        return [(day, what.name) for day, what in sorted(self.days.items()) if not what.off]


@dataclass(frozen=True)
class Span:
    """Days off in a row that holidays bring together, and what they are for."""

    name: Words
    first: date
    last: date


@dataclass(frozen=True, eq=False)
class Calendar:
    """All arrangements that are known; which days are worked is looked up, not reckoned."""

    years: Mapping[int, Year]
    _marked: Mapping[date, Day] = field(init=False, repr=False, compare=False)
    _upto: array[int] = field(init=False, repr=False, compare=False)
    _workdays: array[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        marked = {day: what for y in sorted(self.years) for day, what in self.years[y].days.items()}
        marked = {**_bare(self.years), **marked}
        works = bytearray(0 if n % 7 in _WEEKEND else 1 for n in range(_BASE, _BASE + _DAYS))
        for day, what in marked.items():
            works[day.toordinal() - _BASE] = not what.off
        object.__setattr__(self, "_marked", marked)
        object.__setattr__(self, "_upto", array("i", accumulate(works)))
        days = (n for n, worked in enumerate(works, start=_BASE) if worked)
        object.__setattr__(self, "_workdays", array("i", days))

    def with_year(self, year: Year) -> Calendar:
        """The calendar with this arrangement in the place of an earlier version."""
        return Calendar({**self.years, year.year: year})

    # -- one day -------------------------------------------------------------------------

    def is_working(self, day: date) -> bool:
        """Whether people work that day: make-up weekends yes, holidays and their bridges no."""
        n = day.toordinal() - _BASE
        return self._upto[n] > (self._upto[n - 1] if n else 0)

    def marked(self, day: date) -> Day | None:
        """What the arrangement says of the day, if it says something; without one, the law."""
        return self._marked.get(day)

    def is_makeup(self, day: date) -> bool:
        """Whether a day of the weekend is worked."""
        return day.weekday() >= 5 and self.is_working(day)

    def known(self, year: int) -> bool:
        """Whether the arrangement of the year is known."""
        return year in self.years

    def is_settled(self, day: date) -> bool:
        """Whether no announcement that is still to come changes what this day is."""
        in_last_week = (day.month, day.day) >= _LAST_WEEK
        return self.known(day.year) and (self.known(day.year + 1) or not in_last_week)

    # -- counting ------------------------------------------------------------------------

    def worked(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` is earlier."""
        return self._upto[end.toordinal() - _BASE] - self._upto[start.toordinal() - _BASE]

    def after(self, start: date, length: int) -> date:
        """The working day that is the so-manieth after `start`."""
        return date.fromordinal(self._workdays[self._upto[start.toordinal() - _BASE] + length - 1])

    def before(self, end: date, length: int) -> date:
        """The working day that is the so-manieth before `end`."""
        until = self._upto[end.toordinal() - _BASE] - self.is_working(end)
        return date.fromordinal(self._workdays[until - length])

    def last_worked(self, day: date) -> date:
        """The day itself, else the last working day before it."""
        return date.fromordinal(self._workdays[self._upto[day.toordinal() - _BASE] - 1])

    def next_worked(self, day: date) -> date:
        """The day itself, else the first working day after it."""
        return day if self.is_working(day) else self.after(day, 1)

    def after_statutory(self, day: date) -> date:
        """The day itself, else the first day after the statutory holiday it falls on."""
        while day in statutory(day.year):
            day += _DAY
        return day

    # -- what to say of it ---------------------------------------------------------------

    @cached_property
    def spans(self) -> list[Span]:
        """Every run of days off around holidays, in order."""
        return list(_spans(self))

    def holidays(self, start: date, end: date) -> list[Span]:
        """The runs of days off around holidays after `start` up to `end`."""
        first = bisect_right(self.spans, start, key=lambda span: span.last)
        after = bisect_right(self.spans, end, key=lambda span: span.first)
        return self.spans[first:after]

    def makeups(self, start: date, end: date) -> list[date]:
        """The make-up days after `start` up to `end`."""
        days = self._makeups
        return days[bisect_right(days, start) : bisect_right(days, end)]

    @cached_property
    def _makeups(self) -> list[date]:
        return sorted(day for day, what in self._marked.items() if not what.off)


#: What `toordinal() % 7` is on a Saturday and on a Sunday.
_WEEKEND = (6, 0)


def _bare(years: Mapping[int, Year]) -> dict[date, Day]:
    """The statutory days of the years nobody has an arrangement of, as far as clocks reach."""
    last = max(years, default=FIRST)
    ahead = range(last + 1, last + 1 + _AHEAD)
    return {day: Day(holiday(day), True) for year in ahead for day in statutory(year)}


def _spans(calendar: Calendar) -> Iterator[Span]:
    off = sorted(day for day, what in calendar._marked.items() if what.off)
    first = last = None
    for day in off:
        if last is None or day > last + _DAY:
            if first is not None and last is not None:
                yield _span(calendar, first, last)
            first = day
        last = day
    if first is not None and last is not None:
        yield _span(calendar, first, last)


def _span(calendar: Calendar, first: date, last: date) -> Span:
    days = (first + _DAY * n for n in range((last - first).days + 1))
    marks = (calendar.marked(day) for day in days)
    names = dict.fromkeys(mark.name for mark in marks if mark)
    zh, en = (list(dict.fromkeys(n.say(lang) for n in names)) for lang in ("zh", "en"))
    return Span(Words("、".join(zh), ", ".join(en)), first, last)


#: The calendar that is in force for whoever asks now; a page is given that of its platform.
IN_FORCE: ContextVar[Calendar | None] = ContextVar("calendar", default=None)


def in_force() -> Calendar:
    """The calendar with every arrangement that was loaded, else the shipped one."""
    return IN_FORCE.get() or china()


@cache
def china() -> Calendar:
    """The calendar that is shipped: the years `FIRST` to `LAST`."""
    return Calendar({y: Year(y, arrangement(y)) for y in range(FIRST, LAST + 1)})
