"""Tracking: what a consumer may see of her own complaint.

A projection of its own, so that no page of the public portal can show what it does not hold:
there is no staff name, no party's free text but the reason of a refusal, no telephone number.
Who knows the number and the last four digits of the telephone may look; those digits stand in the
log alone (`services/following.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar
from uuid import UUID

from events.assigning import HandOverAccepted, HandOverEvent, RecordMoved
from events.complaints import (
    AgreementPerformed,
    AgreementReached,
    CalledBack,
    ClueMoved,
    ClueReferred,
    CommentShown,
    ComplaintAccepted,
    ComplaintClosed,
    ComplaintEvent,
    ComplaintForwarded,
    ComplaintMerged,
    ComplaintPublished,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintReopened,
    ComplaintReturnedToDesk,
    ComplaintSeparated,
    ComplaintTransferred,
    ComplaintWithdrawn,
    ConsentGiven,
    ConsentWithdrawn,
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
    MediationHeld,
    MediationScheduled,
    MediationStarted,
    MediationTerminated,
    OutcomeStated,
    PartiesNotified,
    ProposalAnswered,
    ProposalMade,
    PublicationTakenBack,
    RatingReminded,
    RecusalDecided,
    RecusalRequested,
    ReferralReturned,
    RestitutionRecorded,
    SatisfactionStated,
    TestingEnded,
    TestingStarted,
)
from events.complaints.states import state_after
from events.enforcement import (
    DirectiveIssued,
    FollowUpEvent,
    FollowUpOpened,
    RecheckFailed,
    RecheckPassed,
    ResultSentToCouncil,
)
from events.event import Event, PartyRef, Recorded
from services.views.assigned import unit_of
from services.views.view import Change, Put, Row, View, Write


class Tracking(View):
    """Per complaint: how to find it, where it stands, and its public milestones."""

    name = "tracking"
    version = 4
    by_stream = True
    tables: ClassVar = {
        "rows": """
            id uuid, number text not null, state text not null,
            version int not null, handler_name text not null, handler_kind text not null,
            received_on date not null, since date not null, accepted_on date,
            rated boolean not null, receipt bigint not null, recorded_at timestamptz not null,
            position bigint not null""",
        "milestones": """
            record uuid, version int, what text not null, took_place date not null,
            kind text not null, body text not null, code text not null, reason text not null,
            amount bigint, currency text not null, position bigint not null""",
        "followups": "id uuid, complaint text not null",
    }
    keys: ClassVar = {"rows": ("id",), "milestones": ("record", "version"), "followups": ("id",)}
    indexes: ClassVar = {"rows": ("(number)",), "followups": ("(complaint)",)}

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if isinstance(event, ComplaintEvent):
            yield from _complaint(event, recorded)
        elif isinstance(event, FollowUpEvent):
            if isinstance(event, FollowUpOpened) and event.complaint:
                row = {"id": recorded.stream, "complaint": event.complaint}
                yield Put("followups", row)
            yield from _milestone(event, recorded)
        elif isinstance(event, HandOverEvent) and event.case == "complaint":
            yield from _handed_over(event, recorded)

    async def numbered(self, number: str) -> Row | None:
        """The complaint with this number, unless its import was reversed."""
        return await self.row(
            "select * from {rows} where number = %(n)s and state <> 'reversed'", {"n": number}
        )

    async def one(self, id: str) -> Row | None:
        """The complaint, by its id."""
        return await self.row("select * from {rows} where id = %(id)s", {"id": id})

    async def followed_up(self, id: str) -> list[UUID]:
        """The follow-ups that came of the complaint."""
        sql = "select id from {followups} where complaint = %(id)s::uuid::text order by id"
        return [row["id"] for row in await self.rows(sql, {"id": id})]

    async def milestones(self, id: str) -> list[Row]:
        """What has happened, oldest first; with the follow-ups that came of the complaint."""
        return await self.rows(_MILESTONES, {"id": id})


_MILESTONES = """
    select * from {milestones} where record = %(id)s::uuid
    or record in (select id from {followups} where complaint = %(id)s::uuid::text)
    order by position"""


def _complaint(event: ComplaintEvent, recorded: Recorded) -> Iterator[Write]:
    row = {"id": recorded.stream}
    moved: Row = {"version": recorded.version, "position": recorded.position}
    if isinstance(event, ComplaintRegistered):
        yield Put("rows", {**row, **moved, **_registered(event, recorded)})
    else:
        if state := state_after(event, ""):
            moved |= {"state": state, "since": recorded.on}
        yield Change("rows", row, moved | _columns(event, recorded))
    yield from _milestone(event, recorded)


def _handed_over(event: HandOverEvent, recorded: Recorded) -> Iterator[Write]:
    """Another body has it; one that decides anew begins from the receipt."""
    if (to := unit_of(recorded)) is None:
        return
    moved: Row = {"handler_name": to.name, "handler_kind": to.kind, "position": recorded.position}
    if getattr(event, "anew", False):
        moved |= {"state": "received", "since": recorded.on, "accepted_on": None}
    yield Change("rows", {"id": recorded.stream}, {**moved, "version": recorded.version})
    yield from _milestone(event, recorded)


def _registered(event: ComplaintRegistered, recorded: Recorded) -> Row:
    return {
        "number": event.number,
        "state": "received",
        "handler_name": event.handler.name,
        "handler_kind": event.handler.kind,
        "received_on": recorded.on,
        "since": recorded.on,
        "rated": False,
        "receipt": recorded.position,
        "recorded_at": recorded.recorded_at,
    }


def _columns(event: ComplaintEvent, recorded: Recorded) -> Row:
    match event:
        case ComplaintForwarded():
            return {"handler_name": event.to.name, "handler_kind": event.to.kind}
        case ComplaintReturnedToDesk():
            return {"handler_name": event.desk.name, "handler_kind": event.desk.kind}
        case ComplaintTransferred():
            to = event.to
            return {"handler_name": to.name, "handler_kind": to.kind, "accepted_on": None}
        case ComplaintAccepted():
            return {"accepted_on": recorded.on}
        case SatisfactionStated():
            return {"rated": True}
    return {}


def _milestone(event: Event, recorded: Recorded) -> Iterator[Put]:
    """The event as a milestone, where it is one: who = always a body, never a person."""
    made = MILESTONE.get(type(event))
    if made is None:
        return
    plain: Row = {"body": event.by.party, "code": "", "reason": "", "amount": None, "currency": ""}
    row = plain | made(event)
    body: PartyRef = row["body"]
    yield Put(
        "milestones",
        {
            **row,
            "record": recorded.stream,
            "version": recorded.version,
            "what": event.TOPIC,
            "took_place": recorded.on,
            "kind": body.kind,
            "body": "" if body.kind in ("consumer", "system") else body.name,
            "position": recorded.position,
        },
    )


#: Milestones of which it is only said what happened, when and by which body.
_PLAIN: tuple[type[Event], ...] = (
    AgreementPerformed, CalledBack, CommentShown, ComplaintMerged,
    ComplaintPublished, ComplaintReopened, ComplaintSeparated,
    ConsentGiven, ConsentWithdrawn, DefaultReported,
    DirectSettlementConfirmed, DirectSettlementDenied, DirectSettlementFailed,
    DirectSettlementOffered, DirectSettlementReported, EntrustmentEnded,
    IdentityConfirmed, IdentityProofGiven, IdentityProofRequested,
    MediationHeld, MediationScheduled, OutcomeStated,
    PartiesNotified, ProposalAnswered, ProposalMade,
    PublicationTakenBack, RatingReminded, RecusalDecided,
    RecusalRequested, TestingEnded, TestingStarted,
)  # fmt: skip
#: Which events are milestones, and what each says besides what, when and which body.
MILESTONE: dict[type[Event], Callable[[Any], Row]] = {
    **dict.fromkeys(_PLAIN, lambda _: {}),
    ComplaintForwarded: lambda event: {"body": event.to},
    ComplaintReturnedToDesk: lambda event: {"body": event.desk},
    MediationEntrusted: lambda event: {"body": event.to},
    EntrustmentMoved: lambda event: {"body": event.to},
    ComplaintRegistered: lambda event: {"body": event.handler},
    ComplaintAccepted: lambda _: {},
    ComplaintRefused: lambda event: {"code": event.ground, "reason": event.reason},
    ComplaintTransferred: lambda event: {"body": event.to},
    HandOverAccepted: lambda event: {"body": event.to},
    RecordMoved: lambda event: {"body": event.to},
    MediationStarted: lambda _: {},
    AgreementReached: lambda event: {"code": event.remedy},
    MediationTerminated: lambda event: {"code": event.ground},
    RestitutionRecorded: lambda event: {
        "amount": event.amount.minor,
        "currency": event.amount.currency,
    },
    ComplaintWithdrawn: lambda _: {},
    ComplaintClosed: lambda _: {},
    ClueReferred: lambda event: {"body": event.to},
    ClueMoved: lambda event: {"body": event.to},
    ReferralReturned: lambda _: {},
    FollowUpOpened: lambda event: {"body": event.regulator},
    DirectiveIssued: lambda event: {"body": event.regulator, "code": event.directive},
    RecheckPassed: lambda event: {"body": event.regulator},
    RecheckFailed: lambda event: {"body": event.regulator},
    ResultSentToCouncil: lambda event: {"body": event.regulator},
}
