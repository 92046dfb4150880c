"""Due: until when something must be done, whether that is certain, and why. Pure functions.

The first day is not counted (121 §45). A period of calendar days that ends on a day off has
two honest ends: `until`, the last working day that is safe under every reading of the law and
that staff should keep; and `latest`, the next working day, after which nobody can say that it
was still in time. Only after `latest` is anything called overdue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any, Literal

from events.words import Words
from services.clocks.calendar import (
    Calendar,
    china,
    days_after,
    last_working_day,
    next_working_day,
    working_days_between,
)
from services.clocks.rules import Rule

State = Literal["done", "soon", "overdue", "waiting", "none"]

#: From how many days before its end a clock is "soon".
SOON = {"wd": 3, "cd": 7, "date": 7}


@dataclass(frozen=True)
class Due:
    """The end of a clock; `until` None = there is no number."""

    until: date | None
    latest: date | None
    provisional: bool
    explanation: list[Words]
    basis: Words
    unit: str = field(default="wd")


def due(
    rule: Rule, start: date, calendar: Calendar | None = None, *, set_for: date | None = None
) -> Due:
    """Until when the rule's act must be done. `set_for` = the date the record itself names."""
    calendar = calendar or china()
    if set_for is not None:
        return _as_set(rule, start, set_for)
    if rule.length is None:
        return Due(None, None, False, [_started(rule, start), _NO_NUMBER], rule.basis, rule.unit)
    if rule.unit == "wd":
        return _in_working_days(rule, start, rule.length, calendar)
    return _in_calendar_days(rule, start, rule.length, calendar)


def _as_set(rule: Rule, start: date, day: date) -> Due:
    said = _NAMED.fill(day=day)
    return Due(day, day, False, [_started(rule, start), said], rule.basis, "date")


def _in_working_days(rule: Rule, start: date, length: int, calendar: Calendar) -> Due:
    days = (day for day in days_after(start) if calendar.is_working(day))
    end = next(islice(days, length - 1, None))
    off = (end - start).days - length
    said = [_started(rule, start), _WORKING.fill(n=length, off=off, end=end)]
    return _with_doubt(Due(end, end, False, said, rule.basis, "wd"), calendar)


def _in_calendar_days(rule: Rule, start: date, length: int, calendar: Calendar) -> Due:
    nominal = start + timedelta(days=length)
    until = last_working_day(nominal, calendar)
    latest = next_working_day(nominal, calendar)
    said = [_started(rule, start), _NATURAL.fill(n=length, end=nominal)]
    if until != nominal:
        ends = {"end": nominal, "until": until, "latest": latest}
        said.append(_DAY_OFF.fill(**ends))
    return _with_doubt(Due(until, latest, False, said, rule.basis, "cd"), calendar)


def _with_doubt(made: Due, calendar: Calendar) -> Due:
    """Provisional where the end lies in days whose arrangement is not published."""
    if made.latest is None or calendar.is_settled(made.latest):
        return made
    doubt = _DOUBT.fill(end=made.latest)
    return Due(made.until, made.latest, True, [*made.explanation, doubt], made.basis, made.unit)


def _started(rule: Rule, start: date) -> Words:
    return _STARTED.fill(day=start, what=rule.start)


_STARTED = Words("{day}：{what}，当天不计", "{day}: {what}; this day is not counted")
_NO_NUMBER = Words(
    "没有规定具体天数，所以不会显示逾期",
    "No number of days is laid down, so it is never shown as overdue",
)
_NAMED = Words("期限是记录中写明的 {day}", "The record itself names {day}")
_WORKING = Words(
    "从次日起数 {n} 个工作日，其间 {off} 天休息日不计，最后一天是 {end}",
    "{n} working days from the next day, {off} days off not counted; the last day is {end}",
)
_NATURAL = Words(
    "从次日起数 {n} 天（自然日），最后一天是 {end}",
    "{n} calendar days from the next day; the last day is {end}",
)
_DAY_OFF = Words(
    "{end}是休息日：稳妥的最后一天是 {until}，最迟不超过 {latest}",
    "{end} is a day off: the safe last day is {until}, the latest is {latest}",
)
_DOUBT = Words(
    "{end}前后的放假安排尚未公布，这个日期是暂定的",
    "The holidays around {end} are not published yet; this date is provisional",
)


@dataclass(frozen=True)
class Left:
    """Where a clock stands today; `days_left` in the unit of the clock."""

    state: State
    days_left: int | None


def state(
    due: Due, today: date, done_on: date | None = None, calendar: Calendar | None = None
) -> Left:
    """Done, far off, soon, overdue, or without a number."""
    if done_on is not None:
        return Left("done", None)
    if due.until is None or due.latest is None:
        return Left("none", None)
    calendar = calendar or china()
    end = due.latest if today > due.until else due.until
    left = _days(today, end, due.unit, calendar)
    if today > due.latest:
        return Left("overdue", min(left, -1))
    return Left("soon" if left <= SOON[due.unit] else "waiting", left)


def _days(today: date, end: date, unit: str, calendar: Calendar) -> int:
    return working_days_between(today, end, calendar) if unit == "wd" else (end - today).days


def clock_line(due: Due, today: date, done_on: date | None = None) -> dict[str, Any]:
    """The clock as pages show it: how long is left, until when, and why."""
    left = state(due, today, done_on)
    return {
        "due": due.until,
        "days_left": left.days_left,
        "state": left.state,
        "done_on": done_on,
        "late": done_on is not None and due.latest is not None and done_on > due.latest,
        "explanation": due.explanation,
        "article": due.basis,
        "provisional": due.provisional,
        "calendar_days": due.unit != "wd",
    }
