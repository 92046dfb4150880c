"""Extending: more time is given while time runs; what is late is explained, never lengthened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from events.event import Recorded
from events.words import Words
from services.actions.command import Command
from services.actions.refused import Refused
from services.clocks.calendar import in_force
from services.clocks.deadline import deadline
from services.clocks.facts import facts_of
from services.clocks.rules import RULES

A = TypeVar("A")
C = TypeVar("C", bound=Command)


def in_time(
    rule: Callable[[A, C], None], clock: str, history: Iterable[Recorded]
) -> Callable[[A, C], None]:
    """The rule, and then refused where the record's clock had run out on the day of the act."""
    facts = facts_of(history, RULES[clock])

    def checked(record: A, command: C) -> None:
        latest = deadline(RULES[clock], facts, in_force()).latest if facts else None
        if latest is not None and command.on > latest:
            raise Refused(_OVER.fill(day=latest))
        rule(record, command)

    return checked


_OVER = Words(
    "期限最迟到{day}，已经届满，不能再延长；可以说明逾期原因",
    "The time ended on {day} at the latest and cannot be extended; say why it is late instead",
)
