"""What is owed to a council: answers to proposals, what was promised; what may be commented on."""

from __future__ import annotations

from collections.abc import Iterator

from events.event import Recorded
from events.instruments import (
    ComparisonCommented,
    ComparisonCorrected,
    ComparisonEvent,
    ComparisonPublished,
    ComparisonShown,
    ComparisonWithdrawn,
    InstrumentEvent,
    InterviewHeld,
    PromiseBroken,
    PromiseKept,
    ProposalPassedOn,
    ProposalReplied,
    ProposalSent,
    ProposalTakenBack,
)
from services.views.obligations.rows import opened, settled
from services.views.view import Change, Row, Write


def instrument(recorded: Recorded, event: InstrumentEvent) -> Iterator[Write]:
    """What this event settles and opens."""
    match event:
        case InterviewHeld(enterprise=firm, promise_by=date) if date is not None:
            yield opened(recorded, event, "promise", "M19", firm, event.council, date)
        case PromiseKept() | PromiseBroken():
            yield settled(recorded, "promise")
        case ProposalSent(addressee=to):
            yield opened(recorded, event, "proposed", _rule(event), to, event.council)
        case ComparisonEvent():
            yield from _comparison(recorded, event)
        case ProposalReplied() | ProposalTakenBack():
            yield settled(recorded, "proposed")
        case ProposalPassedOn(to=to):
            owes: Row = {"record": str(recorded.stream), "open": True, "debtor": event.addressee.id}
            now: Row = {"debtor": to.id, "debtor_name": to.name, "debtor_kind": to.kind}
            yield Change("rows", owes, {**now, "position": recorded.position})


def _comparison(recorded: Recorded, event: ComparisonEvent) -> Iterator[Write]:
    """Until when each enterprise may comment; nobody owes a comment."""
    match event:
        case ComparisonShown(enterprise=firm, until=date):
            yield opened(recorded, event, "comment", "M21", firm, event.council, date)
        case ComparisonCommented(enterprise=firm):
            yield settled(recorded, "comment", debtor=firm.id)
        case ComparisonPublished() | ComparisonCorrected() | ComparisonWithdrawn():
            yield settled(recorded, "comment")


def _rule(event: ProposalSent) -> str:
    if event.addressee.kind != "regulator":
        return "M18"
    return "M16" if event.nature == "problem" else "M17"
