"""Schedule: when a clock speaks: at half time, two working days before, on the day, and after it.

Who may do something, and need not, is late with nothing: a window only says that it ends, and so
does what must not be done before a day.
What lay before the clock was entered is not told any more: nobody could have heeded it. Only that
it is late always is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from events.event import CHINA
from services.clocks.deadline import Deadline, countable, deadline

BREACH = "breach"
_DAY = timedelta(days=1)


class Alarm(NamedTuple):
    """One thing to be said, and from when on."""

    stage: str
    at: datetime


def schedule(made: Deadline, entered: date) -> list[Alarm]:
    """What is to be said of a clock that was entered on a day, in order."""
    if made.safe is None or made.latest is None:
        return []
    if not (countable(made.facts.start) and countable(made.latest)):
        return []
    alarms = _by_the_minute(made) if made.moments else _by_the_day(made, made.safe, made.latest)
    if made.rule.sort in ("window", "block"):
        alarms = [a for a in alarms if a.stage not in (BREACH, "superior")]
    begun = max(entered, made.facts.start)
    return [a for a in alarms if a.stage == BREACH or a.at.astimezone(CHINA).date() >= begun]


def following(alarms: list[Alarm], stage: str) -> Alarm | None:
    """What comes after a stage; the first where there was none yet."""
    stages = [alarm.stage for alarm in alarms]
    if stage in stages:
        return next(iter(alarms[stages.index(stage) + 1 :]), None)
    after = ORDER.index(stage) if stage else -1
    return next((alarm for alarm in alarms if ORDER.index(alarm.stage) > after), None)


ORDER = ("half", "two_days", "due_day", BREACH, "superior")


def _by_the_day(made: Deadline, safe: date, latest: date) -> list[Alarm]:
    days = made.calendar
    found = [("half", _half(made, safe)), ("two_days", days.before(safe, 2)), ("due_day", safe)]
    found = [(stage, day) for stage, day in found if day > made.facts.start]
    found += [(BREACH, latest + _DAY), ("superior", days.after(latest, 1))]
    return [Alarm(stage, _midnight(day)) for stage, day in found]


def _half(made: Deadline, safe: date) -> date:
    """The day on which half of what counts is used, pauses left out."""
    start = made.facts.start
    if made.term is None or made.unit not in ("wd", "cd") or made.length is None:
        return start + (safe - start) / 2
    term = replace(made.term, length=-(-made.length // 2), extensions=())
    rule = replace(made.rule, terms=(term,))
    return deadline(rule, replace(made.facts, extended=()), made.calendar).nominal or safe


def _by_the_minute(made: Deadline) -> list[Alarm]:
    assert made.moments is not None
    safe, latest = made.moments
    half = safe - timedelta(hours=(made.length or 0) / 2)
    superior = _midnight(made.calendar.after(latest.date(), 1))
    return [Alarm("half", half), Alarm("due_day", safe), Alarm(BREACH, latest),
            Alarm("superior", superior)]  # fmt: skip


def _midnight(day: date) -> datetime:
    """Where the day begins in China."""
    return datetime.combine(day, datetime.min.time(), CHINA)
