"""What is owed on a complaint, by the body in charge and by everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from events.assigning import HandOverEvent
from events.complaints import (
    AgreementPerformed,
    AgreementReached,
    CalledBack,
    ClueMoved,
    ClueNoted,
    ClueReferred,
    ClueVerified,
    ComplaintAccepted,
    ComplaintClosed,
    ComplaintEvent,
    ComplaintForwarded,
    ComplaintImportReversed,
    ComplaintMerged,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintReopened,
    ComplaintReturnedToDesk,
    ComplaintSeparated,
    ComplaintTransferred,
    ComplaintWithdrawn,
    DefaultReported,
    DirectSettlementConfirmed,
    DirectSettlementDenied,
    DirectSettlementFailed,
    DirectSettlementOffered,
    DirectSettlementReported,
    EntrustmentEnded,
    EntrustmentMoved,
    IdentityConfirmed,
    IdentityProofGiven,
    IdentityProofRequested,
    MediationEntrusted,
    MediationTerminated,
    OutcomeStated,
    PartiesNotified,
    ProposalAnswered,
    ProposalMade,
    RecusalDecided,
    RecusalRequested,
    ReferralReturned,
)
from events.event import Event, PartyRef, Recorded
from services.views.assigned import debts_moved
from services.views.obligations.invitations import MEETING, invitation
from services.views.obligations.rows import CONSUMER, opened, settled
from services.views.obligations.talks import talk, talk_goes_to
from services.views.view import Change, Put, Row, Write

#: All that is owed while a complaint is in work.
_WORK = (
    "decision",
    "mediation",
    "identity",
    "settle",
    "confirm",
    "entrusted",
    "recusal",
    "proposal",
    *MEETING,
)
_AFTERWARDS = ("performance", "default", "kept", "callback")
#: What a side is asked in a message, and what it wrote that waits for an answer.
_TALK = ("message", "reply")
_MEETING = ("mediation", "entrusted", "proposal", *MEETING)
#: What each event answers of what its own record owes.
_SETTLES: dict[type[Event], tuple[str, ...]] = {
    IdentityProofGiven: ("identity",),
    IdentityConfirmed: ("identity",),
    ComplaintAccepted: ("decision",),
    ComplaintRefused: ("decision", "identity"),
    ComplaintTransferred: ("decision", "mediation"),
    DirectSettlementReported: ("settle",),
    DirectSettlementConfirmed: ("decision", "mediation", "settle", "confirm"),
    DirectSettlementDenied: ("settle", "confirm"),
    DirectSettlementFailed: ("settle", "confirm"),
    EntrustmentEnded: ("entrusted", *MEETING),
    RecusalDecided: ("recusal",),
    ProposalMade: ("proposal",),
    AgreementReached: _MEETING,
    MediationTerminated: _MEETING,
    AgreementPerformed: ("performance", "default", "callback"),
    DefaultReported: ("performance", "kept", "callback"),
    CalledBack: ("kept", "default", "callback"),
    ComplaintReopened: ("kept", "default", "performance", "callback"),
    ComplaintWithdrawn: (*_WORK, "message"),
    ComplaintClosed: ("decision", "mediation", "performance", "default", "callback", "message"),
    ClueVerified: ("clue",),
    ReferralReturned: ("answer",),
    ComplaintImportReversed: (*_WORK, "answer", "clue", "notice", *_AFTERWARDS, *_TALK),
}
_MERGED = ComplaintMerged.TOPIC


def complaint(recorded: Recorded, event: ComplaintEvent) -> Iterator[Write]:
    """What this event of a complaint settles and opens."""
    for what in _SETTLES.get(type(event), ()):
        yield settled(recorded, what)
    yield from _coming_in(recorded, event)
    yield from _meeting(recorded, event)
    yield from _ended(recorded, event)
    yield from talk(recorded, event)
    yield from invitation(recorded, event)


def _coming_in(recorded: Recorded, event: ComplaintEvent) -> Iterator[Write]:
    match event:
        case ComplaintRegistered():
            yield _decision(recorded, event, event.handler)
        case ComplaintTransferred():
            yield _decision(recorded, event, event.to)
            yield from talk_goes_to(recorded, event.to)
        case ComplaintForwarded():
            yield from _passed_on(recorded, event, event.to)
        case ComplaintReturnedToDesk():
            yield from _passed_on(recorded, event, event.desk)
        case IdentityProofRequested():
            body = event.by.party
            yield opened(recorded, event, "identity", "M1", CONSUMER, body, event.until)
        case ComplaintMerged():
            yield _resting(recorded)
        case ComplaintSeparated():
            yield _as_before(recorded)


def _passed_on(
    recorded: Recorded, event: ComplaintForwarded | ComplaintReturnedToDesk, to: PartyRef
) -> Iterator[Write]:
    """Within one authority time runs on, owed by another unit; another authority has its own."""
    if event.within:
        where = {"record": str(recorded.stream), "open": True, "debtor": event.by.party.id}
        now = {"debtor": to.id, "debtor_name": to.name, "debtor_kind": to.kind}
        yield Change("rows", where, {**now, "position": recorded.position})
    else:
        yield settled(recorded, "decision")
        yield _decision(recorded, event, to)
    yield from talk_goes_to(recorded, to)


def handed_over(recorded: Recorded, event: HandOverEvent, to: PartyRef) -> Iterator[Write]:
    """Another unit owes it now; one that decides anew has its own time for it."""
    if not getattr(event, "anew", False):
        yield from debts_moved(recorded, event, to)
        return
    yield from (settled(recorded, what) for what in _SETTLES[ComplaintTransferred])
    yield Put("rows", _decision(recorded, event, to).columns | {"kind": "complaints"})
    yield from talk_goes_to(recorded, to)


def _resting(recorded: Recorded) -> Change:
    """While it is merged nothing is owed on it by itself."""
    where = {"record": str(recorded.stream), "open": True}
    done = {"done_on": recorded.on, "done_by": _MERGED, "position": recorded.position}
    return Change("rows", where, {**done, "open": False})


def _as_before(recorded: Recorded) -> Change:
    """Separated, it owes what it did, since and until when it did."""
    where = {"record": str(recorded.stream), "done_by": _MERGED}
    again = {"done_on": None, "done_by": "", "position": recorded.position}
    return Change("rows", where, {**again, "open": True})


def _meeting(recorded: Recorded, event: ComplaintEvent) -> Iterator[Write]:
    body = event.by.party
    match event:
        case ComplaintAccepted():
            yield _mediation(recorded, event)
        case DirectSettlementOffered() if event.enterprise:
            yield opened(recorded, event, "settle", "C7", event.enterprise, body)
        case DirectSettlementReported():
            yield opened(recorded, event, "confirm", "M2", CONSUMER, body)
        case MediationEntrusted():
            yield opened(recorded, event, "entrusted", "M3", event.to, event.principal)
        case _:
            yield from _asked(recorded, event, body)


def _asked(recorded: Recorded, event: ComplaintEvent, body: PartyRef) -> Iterator[Write]:
    match event:
        case RecusalRequested():
            asks = event.enterprise if event.whose == "enterprise" else None
            yield opened(recorded, event, "recusal", "M4", event.body or body, asks or CONSUMER)
        case ProposalMade():
            yield opened(recorded, event, "proposal", "M5", CONSUMER, body)
            if event.enterprise:
                firm = event.enterprise
                yield opened(recorded, event, "proposal", "M5", firm, body, part=":enterprise")
        case ProposalAnswered():
            yield settled(recorded, "proposal", debtor_kind=event.whose)


def _ended(recorded: Recorded, event: ComplaintEvent) -> Iterator[Write]:
    body = event.by.party
    match event:
        case AgreementReached() if event.perform_by:
            yield from _to_be_kept(recorded, event, event.body or body, event.perform_by)
        case MediationTerminated() if body.kind == "regulator" and event.by.channel != "import":
            yield opened(recorded, event, "notice", "C3", body, CONSUMER)
        case PartiesNotified() if event.complete:
            yield settled(recorded, "notice")
        case ClueNoted():
            yield opened(recorded, event, "clue", "C4", body, body)
        case ClueReferred():
            yield opened(recorded, event, "answer", "C10", event.to, body)
        case ClueMoved():
            yield _owed_by_successor(recorded, event, what="answer")
        case EntrustmentMoved():
            yield _owed_by_successor(recorded, event)
        case _:
            yield from _afterwards(recorded, event, body)


def _to_be_kept(
    recorded: Recorded, event: AgreementReached, body: PartyRef, end: date
) -> Iterator[Write]:
    """The business keeps it until the day; then the body asks whether it did."""
    if event.enterprise:
        yield opened(recorded, event, "performance", "M6", event.enterprise, CONSUMER, end)
    yield opened(recorded, event, "callback", "M8", body, CONSUMER, end)


def _owed_by_successor(
    recorded: Recorded, event: ClueMoved | EntrustmentMoved, **only: str
) -> Change:
    """The successor owes it, until when it was owed before."""
    owes: Row = {"record": str(recorded.stream), "open": True, "debtor": event.giver.id, **only}
    now: Row = {"debtor": event.to.id, "debtor_name": event.to.name, "debtor_kind": event.to.kind}
    return Change("rows", owes, {**now, "position": recorded.position})


def _afterwards(recorded: Recorded, event: ComplaintEvent, body: PartyRef) -> Iterator[Write]:
    match event:
        case DefaultReported():
            yield opened(recorded, event, "default", "M7", event.body or body, CONSUMER)
        case OutcomeStated() if not event.settled or event.kept is False:
            yield opened(recorded, event, "kept", "M7", event.body or body, CONSUMER)
        case ComplaintReopened():
            again = _mediation if event.resumes == "accepted" else _decided_again
            yield again(recorded, event)


def _mediation(recorded: Recorded, event: ComplaintEvent) -> Write:
    body = event.by.party
    rule = "C2" if body.kind == "regulator" else "C9"
    return opened(recorded, event, "mediation", rule, body, CONSUMER)


def _decided_again(recorded: Recorded, event: ComplaintEvent) -> Write:
    return _decision(recorded, event, event.by.party)


def _decision(recorded: Recorded, event: ComplaintEvent | HandOverEvent, body: PartyRef) -> Put:
    rule = "C1" if body.kind == "regulator" else "C8"
    return opened(recorded, event, "decision", rule, body, CONSUMER)
