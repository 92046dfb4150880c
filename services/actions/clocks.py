"""Clocks: who is late says why. What is late stays late: no act resets it."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from events.clocks import ClockBreached, OverdueExplained
from events.event import Acting, Event
from events.ids import derived_id
from events.log import Appended
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, change
from services.actions.command import Command, Given, Reason, RecordId, ask


class ExplainOverdue(Command):
    """Say why something is late."""

    SAYS = Words("说明逾期原因", "Explain why it is late")

    record: RecordId
    clock: Given
    reason: Reason = ask(
        "为什么逾期？", "Why is it late?", widget="area",
        hint=Words("说明会留在记录里；逾期本身不会消失", "It is kept; the lateness stays"),
    )  # fmt: skip


def late_stream(record: UUID, clock: str) -> UUID:
    """Where it stands that a clock was missed, and why: one stream, so that it is said once."""
    return derived_id(record, f"late/{clock}")


async def explain_overdue(log: Log, command: ExplainOverdue) -> Appended:
    id = late_stream(command.record, command.clock)
    return await change(log, LateClock, id, command, LateClock.explain)


class LateClock(Aggregate):
    """One clock that was missed."""

    WORD: ClassVar[Words] = Words("逾期事项", "missed deadline")
    IN_ORDER = False

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.breach: ClockBreached | None = None

    def relation(self, by: Acting) -> str:
        return "debtor" if self.breach and by.party.id == self.breach.debtor.id else "none"

    def explain(self, command: ExplainOverdue) -> None:
        late = self.breach
        assert late is not None
        self.record(
            OverdueExplained, command, clock=late.clock, record=late.record, number=late.number,
            rule=late.rule, what_zh=late.what_zh, what_en=late.what_en, debtor=late.debtor,
            reason=command.reason,
        )  # fmt: skip

    def when(self, event: Event) -> None:
        if isinstance(event, ClockBreached):
            self.state, self.breach = "late", event
