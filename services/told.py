"""Told: what a consumer said, opened from the log; in no view, so that a key is all it hangs on."""

from __future__ import annotations

from uuid import UUID

from events.complaints import (
    AbuseSignsJudged,
    AgreementReached,
    CalledBack,
    ComplaintRegistered,
    ComplaintReopened,
    ComplaintWithdrawn,
    DefaultReported,
    DirectSettlementDenied,
    DirectSettlementFailed,
    DirectSettlementOffered,
    DirectSettlementReported,
    IdentityProofGiven,
    MediationHeld,
    OutcomeStated,
    ProposalAnswered,
    ProposalMade,
    RecusalRequested,
    SatisfactionStated,
)
from events.event import Event, Personal
from events.log import Log
from events.notes import InternalNoteAdded
from events.personal import parts_of
from services.views.asking import Row

#: As pages call them: field of the page -> field of the envelope.
_WHO = {
    "complainant": "name", "phone": "phone", "email": "email", "address": "address",
    "agent": "agent", "agent_phone": "agent_phone",
}  # fmt: skip
_SAID = {"facts": "facts", "request": "request", "order_no": "order_no"}
#: What is said later: field of the event -> field of the page -> field of the envelope.
_LATER: dict[type[Event], tuple[str, dict[str, str]]] = {
    IdentityProofGiven: ("answer", {"identity_answer": "answer"}),
    DirectSettlementOffered: ("matter", {"matter": "matter"}),
    DirectSettlementReported: ("result", {"settlement": "result"}),
    DirectSettlementDenied: ("why", {"settlement_denied": "why"}),
    DirectSettlementFailed: ("why", {"settlement_failed": "why"}),
    MediationHeld: ("course", {"course": "course"}),
    AbuseSignsJudged: ("why", {"abuse_why": "why"}),
    RecusalRequested: ("why", {"recusal_why": "why"}),
    ProposalMade: ("terms", {"proposal": "terms"}),
    ProposalAnswered: ("why", {"proposal_why": "why"}),
    DefaultReported: ("why", {"default_why": "why"}),
    SatisfactionStated: ("comment", {"comment": "comment"}),
    CalledBack: ("told", {"called_told": "told"}),
    OutcomeStated: ("comment", {"outcome_comment": "comment"}),
    ComplaintReopened: ("facts", {"new_facts": "facts"}),
}
TOLD = (
    *_WHO, *_SAID, "terms", "withdrawn_why",
    *(name for _, names in _LATER.values() for name in names),
)  # fmt: skip


async def told(log: Log, complaint: UUID | str) -> Row:
    """The consumer's own words on one complaint, or why they cannot be read; "" = not given."""
    found: Row = dict.fromkeys(TOLD, "")
    for recorded in await log.load(UUID(str(complaint)), opened=True):
        match recorded.event:
            case ComplaintRegistered(complainant=who, told=said):
                found |= _fields(who, _WHO) | _fields(said, _SAID)
            case AgreementReached(terms=Personal() as terms):
                found |= _fields(terms, {"terms": "terms"})
            case ComplaintWithdrawn(why=Personal() as why):
                found |= _fields(why, {"withdrawn_why": "reason"})
            case event if names := _LATER.get(type(event)):
                found |= _of(event, names)
    return found


async def kept(log: Log, stream: UUID | str, subject: str = "", *, unit: str = "") -> list[Row]:
    """What the log holds of her, event by event: position, day, part, names of fields.

    Of one `subject` where the record is about several persons; of internal notes those of the
    `unit` that asks.
    """
    return [
        {
            "position": recorded.position,
            "on": recorded.on,
            "part": part,
            "fields": list(envelope.commitments),
        }
        for recorded in await log.load(UUID(str(stream)))
        if not isinstance(recorded.event, InternalNoteAdded) or recorded.event.only_for == unit
        for part in parts_of(type(recorded.event))
        if (envelope := getattr(recorded.event, part)) is not None and envelope.commitments
        if subject in ("", envelope.subject)
    ]


def _of(event: Event, where: tuple[str, dict[str, str]]) -> Row:
    envelope = getattr(event, where[0])
    return {} if envelope is None else _fields(envelope, where[1])


def _fields(envelope: Personal, names: dict[str, str]) -> Row:
    return {name: envelope.shown(field) for name, field in names.items()}
