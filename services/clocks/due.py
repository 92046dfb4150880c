"""Due: the clock as lists and pages show it: how much is left, whether it is late, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from events.words import Words
from services.clocks.asked import question
from services.clocks.calendar import Calendar, in_force
from services.clocks.deadline import Deadline, Facts, countable, deadline
from services.clocks.explaining import amount, explanation
from services.clocks.rules import Rule

State = Literal["done", "soon", "overdue", "waiting", "none"]

#: From how many days before its end a clock is "soon".
SOON = {"wd": 3, "cd": 7, "date": 7, "month": 7, "hour": 1}


@dataclass(frozen=True)
class Left:
    """Where a clock stands today; `days_left` in the unit of the clock."""

    state: State
    days_left: int | None


def due(
    rule: Rule, start: date, calendar: Calendar | None = None, *, set_for: date | None = None
) -> Deadline:
    """Until when the rule's act must be done, where nothing paused or lengthened it."""
    return deadline(rule, Facts(start, set_for=set_for), calendar or in_force())


def state(made: Deadline, today: date, done_on: date | None = None) -> Left:
    """Done, far off, soon, overdue, paused (waiting, without days), or without a number."""
    if done_on is not None:
        return Left("done", None)
    if made.safe is None or made.latest is None:
        return Left("waiting" if made.paused else "none", None)
    end = made.latest if today > made.safe else made.safe
    left = _days(today, end, made)
    if today > made.latest:
        return Left("overdue", min(left, -1))
    return Left("soon" if left <= SOON[made.unit] else "waiting", left)


def _days(today: date, end: date, made: Deadline) -> int:
    return made.calendar.worked(today, end) if made.unit == "wd" else (end - today).days


def clock_line(
    made: Deadline, today: date, done_on: date | None = None, profile: str = ""
) -> dict[str, Any]:
    """The clock as pages show it: how long is left, until when, and why.

    Until the safe day has passed it is that day, afterwards the latest, to which is counted then.
    """
    left = state(made, today, done_on)
    end = made.latest if made.safe is not None and (done_on or today) > made.safe else made.safe
    return {
        "due": end,
        "safe": made.safe,
        "last": end != made.safe,
        "days_left": left.days_left,
        "state": left.state,
        "done_on": done_on,
        "late": done_on is not None and made.latest is not None and done_on > made.latest,
        "explanation": explanation(made, done_on or today),
        "article": made.basis,
        "provisional": made.provisional,
        "calendar_days": made.unit != "wd",
        "asked": question(made, profile),
        "waited": _waited(made, today) if left.state == "none" else None,
    }


#: Where nothing but an answer is awaited.
_ANSWERS = ("C8", "C10", "M2", "M4", "M5", "M9", "M10", "M16", "M17", "M18")
_UNANSWERED = Words("未答复", "unanswered for")
_WAITED = Words("已过", "for")


def _waited(made: Deadline, today: date) -> Words | None:
    """未答复 5 个工作日: how long somebody waits where no number of days is laid down."""
    start = made.facts.start
    days = made.calendar.worked(start, today) if countable(start) else 0
    if days < 1:
        return None
    said, long = _UNANSWERED if made.rule.id in _ANSWERS else _WAITED, amount(days, "wd")
    return Words(f"{said.zh} {days} 个工作日", f"{said.en} {long.en}")
