"""Shipped: the arrangements that come with the software, read from the `holidays` library.

The library names a day off that was moved (“substituted from”) or that follows from a weekend
(“observed”); here each day off has the name of the holiday it belongs to, weekends in the middle
and at the ends of a break included, as the notices list them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from holidays import HolidayBase, country_holidays

from events.words import Words

#: Years whose arrangement (days off and make-up days) stands in the library.
FIRST, LAST = 2007, 2026
_DAY = timedelta(days=1)
#: Make-up days that the notice of 2007 names and the library does not have.
_MAKEUPS = (date(2006, 12, 30), date(2006, 12, 31))
#: How the library begins the names of a day off that is no holiday itself.
_MOVED = ("Day off",)
#: As the notices call them, by a part of the library's name.
NAMES = {
    "New Year's Day": Words("元旦", "New Year"),
    "Chinese New Year": Words("春节", "Spring Festival"),
    "Tomb-Sweeping": Words("清明节", "Qingming"),
    "Labor Day": Words("劳动节", "Labour Day"),
    "Dragon Boat": Words("端午节", "Dragon Boat Festival"),
    "Mid-Autumn": Words("中秋节", "Mid-Autumn Festival"),
    "National Day": Words("国庆节", "National Day"),
    "Victory": Words("抗战胜利纪念日", "Victory Day"),
}
_BY_CHINESE = {words.zh: words for words in NAMES.values()}


class Day(NamedTuple):
    """What an arrangement says of one day: for which holiday it is off, or worked instead."""

    name: Words
    off: bool


def named(zh: str) -> Words:
    """A holiday as a notice calls it (国庆节、中秋节), in both languages."""
    parts = [_BY_CHINESE.get(part, Words(part, part)) for part in re.split("[、，]", zh)]
    return Words("、".join(p.zh for p in parts), ", ".join(p.en for p in parts))


@cache
def statutory(year: int) -> frozenset[date]:
    """The holidays themselves, without bridges and weekends: a fixed list of days by law."""
    return frozenset(
        day
        for day, name in _listed(year).items()
        if not name.startswith(_MOVED) and not _beside(name)
    )


def holiday(day: date) -> Words:
    """What a statutory day is kept for."""
    return _name(_listed(day.year)[day])


@cache
def _listed(year: int) -> HolidayBase:
    return country_holidays("CN", years=year)


@cache
def arrangement(year: int) -> dict[date, Day]:
    """Every day off and every make-up day of the year, the last week before it included."""
    days = country_holidays("CN", years=range(year - 1, year + 2))
    off = {day for day in _days(year) if not days.is_working_day(day)}
    names = {day: _name(name) for day, name in days.items() if not name.startswith(_MOVED)}
    found: dict[date, Day] = {}
    for run in _runs(off):
        if holidays := [names[day] for day in run if day in names]:
            found |= {day: Day(_nearest(day, run, names, holidays[0]), True) for day in run}
    makeups = {*_days(year)} & {*days.weekend_workdays, *_MAKEUPS}
    return found | {day: Day(_made_up(day, names), False) for day in makeups}


def _days(year: int) -> list[date]:
    """From the last week of the year before to the last but one of the year."""
    first = date(year - 1, 12, 25)
    return [first + _DAY * n for n in range((date(year, 12, 25) - first).days)]


def _runs(off: set[date]) -> list[list[date]]:
    """Days off that follow one another."""
    runs: list[list[date]] = []
    for day in sorted(off):
        if runs and runs[-1][-1] == day - _DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _nearest(day: date, run: list[date], names: dict[date, Words], first: Words) -> Words:
    """The holiday of the run that came last, else the one that is coming."""
    before = [names[each] for each in run if each in names and each <= day]
    return before[-1] if before else first


def _made_up(day: date, names: dict[date, Words]) -> Words:
    """The holiday for whose bridge the day is worked: the nearest one."""
    near = min(names, key=lambda each: abs((each - day).days))
    return names[near]


def _beside(name: str) -> bool:
    return "(observed)" in name or "Extended" in name


def _name(name: str) -> Words:
    """`Mid-Autumn Festival; National Day` as the notices say it."""
    found = [words for part, words in NAMES.items() if part in name]
    return Words("、".join(w.zh for w in found), ", ".join(w.en for w in found))
