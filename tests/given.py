"""given / when / then: rules as values, without database, clock or browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from events.event import Event
from events.ids import new_id
from services import access
from services.actions.aggregate import Aggregate
from services.actions.command import Command
from services.actions.refused import Refused

A = TypeVar("A", bound=Aggregate)
_LONG_AGO = date(2020, 1, 1)


class Given(Generic[A]):
    """A record with a history: events, or pairs of rule and command."""

    def __init__(self, kind: type[A], history: Sequence[Any]) -> None:
        self.record = kind(new_id())
        for step in history:
            self._step(step)
        self.record.new = []
        self.refusal: Refused | None = None

    def _step(self, step: Any) -> None:
        if isinstance(step, Event):
            self.record._see(step, step.occurred_on or self.record.last_on or _LONG_AGO)
        else:
            rule, command = step
            rule(self.record, command)

    def when(self, rule: Callable[[Any, Any], None], command: Command) -> Given[A]:
        """The rule is asked through the table of rights, as at the door."""
        try:
            access.check(command, self.record)
            rule(self.record, command)
        except Refused as refused:
            self.refusal = refused
        return self

    def then(self, kind: type[Event], **fields: object) -> None:
        """Exactly this happened, with these fields."""
        assert self.refusal is None, f"refused: {self.refusal}"
        assert [type(e) for e in self.record.new] == [kind]
        for name, value in fields.items():
            assert getattr(self.record.new[0], name) == value

    def refused(self, part: str, field: str | None = None) -> None:
        """Nothing happened, and the person was told so in a sentence containing `part`."""
        assert self.record.new == []
        assert self.refusal is not None, "not refused"
        assert part in self.refusal.words.zh or part in self.refusal.words.en, str(self.refusal)
        assert field is None or self.refusal.field == field


def given(kind: type[A], *history: Any) -> Given[A]:
    return Given(kind, history)
