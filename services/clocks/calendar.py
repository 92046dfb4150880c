"""Calendar: which days are working days in China, make-up Saturdays and Sundays included.

The days come from the `holidays` library. The State Council publishes each year's holidays in
the November before; for a year that is not published yet the library gives the bare statutory
days without a warning, so every answer that rests on such a year is *provisional*.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Protocol

from holidays import country_holidays

#: Years whose arrangement (days off and make-up days) stands in the library.
FIRST, LAST = 2007, 2026
#: A year's arrangement may still move days of the last week before it (29 December 2018).
_LAST_WEEK = (12, 25)
_DAY = timedelta(days=1)


class Calendar(Protocol):
    """What clocks ask of a calendar."""

    def is_working(self, day: date) -> bool: ...

    def is_settled(self, day: date) -> bool: ...


class China:
    """The working days of mainland China."""

    def __init__(self) -> None:
        self._days = country_holidays("CN", years=range(FIRST, LAST + 2))

    def is_working(self, day: date) -> bool:
        """Whether people work that day: make-up weekends yes, holidays and their bridges no."""
        return bool(self._days.is_working_day(day))

    def known(self, year: int) -> bool:
        """Whether the arrangement of the year is known."""
        return FIRST <= year <= LAST

    def is_settled(self, day: date) -> bool:
        """Whether no later announcement can change what this day is."""
        in_last_week = (day.month, day.day) >= _LAST_WEEK
        return self.known(day.year) and (self.known(day.year + 1) or not in_last_week)


@cache
def china() -> China:
    """The calendar of China, read once."""
    return China()


def days_after(start: date) -> Iterator[date]:
    """The days after `start`, one by one."""
    while start < date.max:
        start += _DAY
        yield start


def last_working_day(day: date, calendar: Calendar) -> date:
    """The day itself, else the last working day before it."""
    while not calendar.is_working(day):
        day -= _DAY
    return day


def next_working_day(day: date, calendar: Calendar) -> date:
    """The day itself, else the first working day after it."""
    while not calendar.is_working(day):
        day += _DAY
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to and with `end`; negative where `end` is earlier."""
    if end < start:
        return -working_days_between(end, start, calendar)
    count = (start + _DAY * n for n in range(1, (end - start).days + 1))
    return sum(calendar.is_working(day) for day in count)
