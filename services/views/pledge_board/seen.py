"""What the pledge board sees: for each event, which of its rows change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from events.event import Event, Recorded
from events.parties import MemberAdmitted, MemberLeft
from events.pledges import (
    BreachSuspected,
    EvidenceSubmitted,
    MemberPledgeEvent,
    MemberQuestioned,
    PledgeDrafted,
    PledgeMet,
    PledgeNotMet,
    PledgePublished,
    PledgeSigned,
    PledgeSpotChecked,
    PledgeWithdrawn,
    QuestionAnswered,
)
from events.sharing import VISIBILITY, SharingEvent
from services.views.view import Change, Drop, Put, Row, Write

_STATES: dict[type[Event], str] = {
    EvidenceSubmitted: "evidence",
    PledgeMet: "met",
    PledgeNotMet: "not_met",
    PledgeWithdrawn: "withdrawn",
}


def seen(recorded: Recorded) -> Iterator[Write]:
    """Which rows of the board this event changes."""
    event = recorded.event
    match event:
        case PledgeDrafted():
            yield from _drafted(recorded, event)
        case PledgePublished():
            yield from _published(recorded, event)
        case PledgeSigned():
            yield Put("members", _signed(recorded, event))
            # Signed again after a withdrawal: what was handed in before proves nothing now.
            yield Drop("evidence", {"member_pledge": recorded.stream})
        case MemberPledgeEvent():
            yield from _stepped(recorded, event)
        case SharingEvent(case="member-pledge") if type(event) in VISIBILITY:
            hidden = VISIBILITY[type(event)] == "restricted"
            yield Change("members", {"id": recorded.stream}, {"restricted": hidden})
        case MemberAdmitted():
            yield Put("roster", _membership(event))
        case MemberLeft():
            yield Drop("roster", _membership(event))


def _drafted(recorded: Recorded, event: PledgeDrafted) -> Iterator[Write]:
    text = {
        name: getattr(event, name)
        for name in ("title", "text", "metric", "target", "evidence", "period_from", "period_to")
    }
    yield Put(
        "rows",
        {
            "id": recorded.stream, "number": event.number, "state": "draft",
            "version": recorded.version, "association": event.association.id,
            "association_name": event.association.name, **text, "drafted_on": recorded.on,
            "position": recorded.position,
        },
    )  # fmt: skip
    by = {"by_name": event.by.name, "drafted_on": recorded.on}
    yield Put("wordings", {"pledge": recorded.stream, "nth": recorded.version, **text, **by})


def _published(recorded: Recorded, event: PledgePublished) -> Iterator[Write]:
    frozen = {"published_on": recorded.on, "text_hash": event.text_hash}
    moved = {"state": "published", "version": recorded.version, "position": recorded.position}
    yield Change("rows", {"id": recorded.stream}, {**frozen, **moved})
    # What is published is what was drafted last: only drafts come before it.
    yield Change("wordings", {"pledge": recorded.stream, "nth": recorded.version - 1}, frozen)


def _signed(recorded: Recorded, event: PledgeSigned) -> Row:
    """A signature, also a second one after a withdrawal, begins with a clean row."""
    return {
        "id": recorded.stream, "pledge": event.pledge, "number": event.number,
        "title": event.title, "association": event.association.id,
        "association_name": event.association.name, "enterprise": event.enterprise.id,
        "enterprise_name": event.enterprise.name, "state": "active", "version": recorded.version,
        "asked": "", "period_from": event.period_from, "period_to": event.period_to,
        "signed_on": recorded.on, "evidence": 0, "decided_on": None, "decided_by": "",
        "checked_on": None, "checked_by": "", "sample": 0, "conforming": 0, "percent": 0,
        "reason": "",
        "question": "", "asked_on": None, "answer": "", "answered_on": None,
        "position": recorded.position,
    }  # fmt: skip


def _stepped(recorded: Recorded, event: MemberPledgeEvent) -> Iterator[Write]:
    """What one step after the signature changes."""
    moved: Row = {"version": recorded.version, "position": recorded.position}
    if state := _STATES.get(type(event)):
        moved["state"] = state
    if columns := _COLUMNS.get(type(event)):
        moved |= columns(event, recorded.on)
    plus = {name: 1 for name, kind in _COUNTED.items() if isinstance(event, kind)}
    yield Change("members", {"id": recorded.stream}, moved, plus)
    match event:
        case EvidenceSubmitted():
            yield Put("evidence", _evidence(recorded, event))
        case PledgeSpotChecked():
            yield Put("checks", _check(recorded, event))
        case BreachSuspected():
            yield Put("breaches", _breach(recorded, event))
        case MemberQuestioned():
            unasked = {"member_pledge": recorded.stream, "asked": False}
            yield Change("breaches", unasked, {"asked": True})


def _evidence(recorded: Recorded, event: EvidenceSubmitted) -> Row:
    by = event.by
    return {
        "member_pledge": recorded.stream, "position": recorded.position, "what": event.what,
        "submitted_on": recorded.on, "by_person": by.person, "by_name": by.name,
        "by_party": by.party.name, "by_kind": by.party.kind,
    }  # fmt: skip


def _check(recorded: Recorded, event: PledgeSpotChecked) -> Row:
    party = event.by.party
    return {
        "member_pledge": recorded.stream, "position": recorded.position,
        "checked_on": recorded.on, "by_party": party.name, "by_kind": party.kind,
        "sample": event.sample, "conforming": event.conforming, "percent": event.percent,
        "how": event.how,
    }  # fmt: skip


def _breach(recorded: Recorded, event: BreachSuspected) -> Row:
    return {
        "member_pledge": recorded.stream, "cause_number": event.cause_number, "cause": event.cause,
        "flagged_on": recorded.on, "number": event.number, "title": event.title,
        "association": event.association.id, "enterprise": event.enterprise.id,
        "enterprise_name": event.enterprise.name, "position": recorded.position,
    }  # fmt: skip


def _membership(event: MemberAdmitted | MemberLeft) -> Row:
    return {"association": event.association.id, "enterprise": event.enterprise.id}


def _decided(event: Event, on: date) -> Row:
    return {"reason": event.reason, "decided_on": on, "decided_by": event.by.party.name}


def _checked(event: PledgeSpotChecked, on: date) -> Row:
    counted = {name: getattr(event, name) for name in ("sample", "conforming", "percent")}
    return {"checked_on": on, "checked_by": event.by.party.name, **counted}


_COUNTED = {"evidence": EvidenceSubmitted, "breaches": BreachSuspected}

#: What each event changes besides the state.
_COLUMNS: dict[type[Event], Callable[[Any, date], Row]] = {
    PledgeMet: _decided,
    PledgeNotMet: _decided,
    PledgeWithdrawn: _decided,
    PledgeSpotChecked: _checked,
    MemberQuestioned: lambda event, on: {
        "asked": "questioned", "question": event.question, "asked_on": on,
        "answer": "", "answered_on": None,
    },
    QuestionAnswered: lambda event, on: {
        "asked": "answered", "answer": event.answer, "answered_on": on,
    },
}  # fmt: skip
