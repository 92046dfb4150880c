"""Aggregate: holds the rules of one record; refuse, then record.

Rules are methods (or, where a subject fills several modules, functions beside their command)
that either raise `Refused` or `record` an event. State changes stand in `when`, and only `when`
runs at replay: tightening a rule never breaks history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar
from uuid import UUID

from events.event import Acting, Event, Recorded
from events.words import Words
from services.actions.command import Command
from services.actions.refused import Refused

_TOO_EARLY = Words(
    "日期 {day}早于上一步的日期 {last}，请核对",
    "The date {day} is before that of the previous step, {last}",
)


#: Where a record knows nothing by name yet; replaced, never changed.
NONE: Mapping[str, Any] = MappingProxyType({})


class Aggregate:
    """One record, replayed from its events. What it begins with stands at its class."""

    #: What the record is called, e.g. Words("投诉", "complaint").
    WORD: ClassVar[Words]
    #: Whether an act may not be dated before the one it follows.
    IN_ORDER: ClassVar[bool] = True
    #: Whether its rules read what is said about persons; all others decide without.
    OPENED: ClassVar[bool] = False
    #: Cases can be restricted (`shared.py`); nothing else can.
    visibility = "normal"

    version = 0
    #: The version at which it last changed; what came after stands beside it.
    changed = 0
    state = ""
    last: Event | None = None
    last_on: date | None = None

    def __init__(self, id: UUID) -> None:
        self.id = id
        #: What was done by whom, in order.
        self.done: list[tuple[type[Event], str]] = []
        self.new: list[Event] = []

    def replay(self, history: Iterable[Recorded]) -> None:
        for recorded in history:
            self._see(recorded.event, recorded.on)

    def record(self, kind: type[Event], command: Command, **fields: Any) -> None:
        """Say that it happened, by whom and when the command says."""
        if not kind.BESIDE:
            self._refuse_earlier(command)
        dated = None if command.occurred_on is None else command.on
        event = kind(
            by=command.by,
            occurred_on=dated,
            correlation=command.correlation or command.key,
            causation=command.causation,
            **fields,
        )
        self.new.append(event)
        self._see(event, command.on)

    def when(self, event: Event) -> None:
        """Change the state; never refuses, never reads a clock."""

    def relation(self, by: Acting) -> str:
        """What the acting party is to this record: "owner", "member"… or "none"."""
        return "none"

    def _see(self, event: Event, on: date) -> None:
        self.version += 1
        self.done.append((type(event), event.by.person))
        if not event.BESIDE:
            self.changed, self.last = self.version, event
            self.last_on = max(on, self.last_on or on)
        self.when(event)

    def _refuse_earlier(self, command: Command) -> None:
        if self.IN_ORDER and self.last_on is not None and command.on < self.last_on:
            said = _TOO_EARLY.fill(day=command.on, last=self.last_on)
            raise Refused(said, field="occurred_on")
