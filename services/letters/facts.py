"""Facts: what the events of a record say that a letter prints. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from events.complaints import (
    AgreementReached,
    ComplaintAccepted,
    ComplaintForwarded,
    ComplaintRefused,
    ComplaintRegistered,
    IdentityProofRequested,
    MediationScheduled,
    MediationTerminated,
)
from events.complaints.terms import MEETINGS
from events.event import CHINA, Event, PartyRef, Recorded
from events.evidence import FileAdded, FileWithdrawn
from events.parties import ContactStated
from events.terms import CATEGORIES
from services.actions.complaints import OTHER_WAYS
from services.clocks.due import due
from services.clocks.rules import RULES
from services.letters import grounds

Facts = dict[str, Any]
#: How a body speaks of itself: 我局, 我会.
_WE = {"regulator": "局", "council": "会", "association": "会"}


def day(on: date) -> str:
    """As official papers write it: 2026年9月28日."""
    return f"{on.year}年{on.month}月{on.day}日"


def moment(at: datetime) -> str:
    """A day and time in China: 2026年9月28日 14:30."""
    at = at.astimezone(CHINA)
    return f"{day(at.date())} {at:%H:%M}"


def of_issuer(
    issuer: PartyRef, clerk: str, number: str, on: date, contact: ContactStated | None = None
) -> Facts:
    """Who writes, when, under which number, and where that body is reached."""
    phone, address = (contact.phone, contact.address) if contact else ("", "")
    return {
        "issuer": issuer.name, "issuer_phone": phone, "issuer_address": address, "clerk": clerk,
        "we": _WE.get(issuer.kind, "单位"), "number": number, "on": day(on),
    }  # fmt: skip


def entered(recorded: Recorded, rule: str) -> Facts:
    """Where the record begins in the log, and by when its body has to decide."""
    made = due(RULES[rule], recorded.on)
    by = f"最迟 {day(made.safe)}" if made.safe else "及时（法律没有规定具体天数）"
    if made.provisional:
        by += "（暂定，放假安排公布后可能变动）"
    return {"position": str(recorded.position), "next_step": f"{by}{RULES[rule].what.zh}"}


def of_complaint(history: Iterable[Recorded]) -> Facts:
    """What a complaint's own events say, the latest word on each thing; opened by the vault."""
    found, papers = {"matter": "投诉"}, set[str]()
    for recorded in history:
        found |= _said(recorded)
        papers = _papers(papers, recorded.event)
    return {**found, "papers": len(papers)}


def _papers(before: set[str], event: Event) -> set[str]:
    """The files that go along: handed in, and not withdrawn."""
    match event:
        case FileAdded():
            return before | {event.file}
        case FileWithdrawn():
            return before - {event.file}
    return before


def _said(recorded: Recorded) -> Facts:
    event = recorded.event
    return _intake(event, recorded) or _outcome(event, recorded)


def _intake(event: Event, recorded: Recorded) -> Facts:
    match event:
        case ComplaintRegistered():
            return _registered(event, recorded)
        case ComplaintForwarded():
            until = day(event.report_by) if event.report_by else ""
            return {"forwarded_to": event.to.name, "report_by": until}
        case IdentityProofRequested():
            return {"wanted": event.what, "until": day(event.until)}
        case ComplaintAccepted():
            return {"accepted": day(recorded.on)}
    return {}


def _outcome(event: Event, recorded: Recorded) -> Facts:
    match event:
        case MediationScheduled():
            return _session(event)
        case ComplaintRefused():
            return _decided(event.ground, event.reason, grounds.REFUSAL) | {
                "ways": [way.zh for way in OTHER_WAYS]
            }
        case MediationTerminated():
            ended = _decided(event.ground, event.reason, grounds.TERMINATION)
            return ended | {"terminated": day(recorded.on)}
        case AgreementReached():
            terms = event.terms.get("terms") if event.terms else ""
            by = day(event.perform_by) if event.perform_by else ""
            return {"terms": terms, "signed_by": event.by.name, "perform_by": by}
    return {}


def _registered(event: ComplaintRegistered, recorded: Recorded) -> Facts:
    who, told = event.complainant, event.told
    about = event.product or CATEGORIES[event.category].zh
    return {
        "record": event.number,
        "received": day(recorded.on),
        **entered(recorded, "C1" if event.handler.kind == "regulator" else "C8"),
        "name": who.get("name"), "phone": who.get("phone"), "address": who.get("address"),
        "agent": " ".join(filter(None, (who.get("agent"), who.get("agent_phone")))),
        "identity": who.get("identity"),
        "facts": told.get("facts"), "request": told.get("request"),
        "respondent": event.respondent, "respondent_address": event.respondent_address,
        "respondent_phone": "",
        "about": f"{event.respondent}（{about}）" if event.respondent else about,
        "may_publish": event.may_publish, "may_mediate": event.may_mediate,
        "signed": "非现场方式提起，无须签字" if event.by.channel == "portal" else "",
    }  # fmt: skip


def _session(event: MediationScheduled) -> Facts:
    asked_by = day(event.recusal_by) if event.recusal_by else ""
    return {
        "session_at": f"{day(event.day)} {event.time}", "session_place": event.place,
        "meeting": MEETINGS[event.meeting].zh, "on_the_spot": event.meeting == "place",
        "mediator": event.mediator, "recusal_until": asked_by, "bring": "",
    }  # fmt: skip


def _decided(ground: str, reason: str, printed: dict[str, str]) -> Facts:
    return {
        "ground": ground,
        "ground_word": grounds.ordinal(ground) if ground in printed else "",
        "grounds": grounds.printed(printed),
        "reason": reason,
    }
