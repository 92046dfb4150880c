"""What each event of a complaint changes in its row of the register, besides who and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from events.complaints import (
    AgreementReached,
    AnswerNotNeeded,
    BodyWrote,
    CalledBack,
    ClueMoved,
    ClueNoted,
    ClueReferred,
    ClueVerified,
    ComplaintAccepted,
    ComplaintClosed,
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
    DirectSettlementConfirmed,
    DirectSettlementDenied,
    DirectSettlementFailed,
    DirectSettlementOffered,
    DirectSettlementReported,
    EntrustmentEnded,
    EntrustmentMoved,
    IdentityProofGiven,
    IdentityProofRequested,
    MediationEntrusted,
    MediationStarted,
    MediationTerminated,
    OutcomeStated,
    PartiesNotified,
    ProposalAnswered,
    ProposalMade,
    PublicationTakenBack,
    RatingLapsed,
    RatingReminded,
    ReferralReturned,
    RestitutionRecorded,
    SatisfactionStated,
    SideWrote,
    TestingEnded,
    TestingStarted,
)
from events.complaints.states import state_after
from events.erasure import STANDS
from events.event import Event, PartyRef, Recorded
from services.views.view import Row


def changed(event: Event, on: date) -> Row:
    """State, personal data and all else that this event changes."""
    state = state_after(event, "")
    found: Row = {"state": state} if state else {}
    if columns := _COLUMNS.get(type(event)):
        found |= columns(event, on)
    if personal := STANDS.get(type(event)):
        found |= {"personal": personal, "personal_on": on}
    return found


def registered(event: ComplaintRegistered, recorded: Recorded) -> Row:
    return {
        "number": event.number,
        "state": "received",
        **_handler(event.handler),
        "enterprise": event.enterprise.id if event.enterprise else "",
        "respondent": event.respondent,
        "respondent_address": event.respondent_address,
        "category": event.category,
        "trade": event.trade,
        "product": event.product,
        "channel": event.by.channel,
        "injury": event.injury,
        "received_on": recorded.on,
        "bought_on": event.bought_on,
        "reference": event.reference,
        "claimed": event.claimed.minor if event.claimed else None,
        "claimed_currency": event.claimed.currency if event.claimed else "",
        "may_mediate": event.may_mediate,
        "may_publish": event.may_publish,
        "batch": event.correlation if event.by.channel == "import" else "",
    }


def _handler(party: PartyRef) -> Row:
    return {"handler": party.id, "handler_name": party.name, "handler_kind": party.kind}


def _agreed(event: AgreementReached, on: date) -> Row:
    return {
        "remedy": event.remedy, "result_code": event.result_code, "ended_on": on,
        "perform_by": event.perform_by,
    }  # fmt: skip


def _terminated(event: MediationTerminated, on: date) -> Row:
    return {"ground": event.ground, "result_code": event.result_code, "ended_on": on}


def _referred(event: ClueReferred, on: date) -> Row:
    to = event.to
    return {"referred_to": to.id, "referred_to_name": to.name, "referred_on": on}


def _forwarded(event: ComplaintForwarded, on: date) -> Row:
    nobody = {"officer": "", "officer_name": ""}
    desk = {"desk": event.by.party.id, "desk_name": event.by.party.name, "within": event.within}
    return {**_handler(event.to), **desk, **nobody, "forwarded_on": on}


def _with_nobody() -> Row:
    return {"desk": "", "desk_name": "", "within": False, "officer": "", "officer_name": ""}


def _consent(event: ConsentGiven | ConsentWithdrawn, given: bool) -> Row:
    return {_CONSENTS[event.whose, event.what]: given}


_CONSENTS = {
    ("consumer", "entrust"): "may_mediate",
    ("consumer", "publish"): "may_publish",
    ("enterprise", "entrust"): "firm_entrust",
    ("enterprise", "publish"): "firm_publish",
}


def _mediates(council: PartyRef) -> Row:
    return {"mediator": council.id, "mediator_name": council.name}


def _entrusted(event: MediationEntrusted, on: date) -> Row:
    return {**_mediates(event.to), "principal_name": event.principal.name, "mediation_on": on}


def _with_the_body() -> Row:
    return {"mediator": "", "mediator_name": "", "principal_name": ""}


def _reopened(_: ComplaintReopened, on: date) -> Row:
    """What stood at the end is asked anew."""
    anew = ("ended_on", "closed_on", "satisfied", "solved", "reminded_on", "lapsed_on", "called_on",
            "stated_on", "kept", "perform_by")  # fmt: skip
    return {
        **dict.fromkeys(anew), **_with_the_body(), "stars": 0, "told_consumer": False,
        "told_enterprise": False, "reopened_on": on, "remedy": "", "ground": "",
    }  # fmt: skip


def _rated(event: SatisfactionStated) -> Row:
    return {"satisfied": event.satisfied, "solved": event.solved, "stars": event.stars}


def _merged(event: ComplaintMerged) -> Row:
    return {
        "merged_into": event.other, "merged_number": event.other_number, "merged_as": event.how,
    }  # fmt: skip


#: What each event changes besides the state.
_COLUMNS: dict[type[Event], Callable[[Any, date], Row]] = {
    IdentityProofRequested: lambda event, _: {"proof_until": event.until, "proof_given": False},
    IdentityProofGiven: lambda _, __: {"proof_given": True},
    ComplaintForwarded: _forwarded,
    ComplaintReturnedToDesk: lambda event, _: {**_handler(event.desk), **_with_nobody()},
    ConsentGiven: lambda event, _: _consent(event, True),
    ConsentWithdrawn: lambda event, _: _consent(event, False),
    ComplaintPublished: lambda _, on: {"published_on": on},
    PublicationTakenBack: lambda _, __: {"published_on": None},
    DirectSettlementOffered: lambda _, __: {"direct": "offered"},
    DirectSettlementReported: lambda _, __: {"direct": "reported"},
    DirectSettlementConfirmed: lambda event, on: {
        "direct": "",
        "remedy": event.remedy,
        "ended_on": on,
    },
    DirectSettlementDenied: lambda _, __: {"direct": ""},
    DirectSettlementFailed: lambda _, __: {"direct": ""},
    MediationEntrusted: _entrusted,
    EntrustmentEnded: lambda _, __: _with_the_body(),
    EntrustmentMoved: lambda event, _: _mediates(event.to),
    ProposalMade: lambda _, on: {
        "proposed_on": on,
        "said_consumer": None,
        "said_enterprise": None,
    },
    ProposalAnswered: lambda event, _: {f"said_{event.whose}": event.accepts},
    TestingStarted: lambda _, on: {"testing_since": on},
    TestingEnded: lambda _, __: {"testing_since": None},
    PartiesNotified: lambda event, _: {f"told_{side}": True for side in event.whom},
    ClueNoted: lambda _, on: {"clue_on": on},
    ClueVerified: lambda _, __: {"clue_on": None},
    RatingReminded: lambda _, on: {"reminded_on": on},
    RatingLapsed: lambda _, on: {"lapsed_on": on},
    CalledBack: lambda _, on: {"called_on": on},
    OutcomeStated: lambda event, on: {"stated_on": on, "kept": event.kept},
    ComplaintReopened: _reopened,
    ComplaintMerged: lambda event, _: _merged(event),
    ComplaintSeparated: lambda _, __: {
        "merged_into": "",
        "merged_number": "",
        "merged_as": "",
    },
    ComplaintAccepted: lambda event, on: {
        "accepted_on": on,
        "mediated_by": event.mediated_by,
    },
    ComplaintRefused: lambda event, on: {"ground": event.ground, "ended_on": on},
    ComplaintTransferred: lambda event, _: {
        **_handler(event.to),
        **_with_nobody(),
        "accepted_on": None,
    },
    MediationStarted: lambda _, on: {"mediation_on": on},
    AgreementReached: _agreed,
    MediationTerminated: _terminated,
    RestitutionRecorded: lambda event, _: {
        "restitution": event.amount.minor,
        "currency": event.amount.currency,
    },
    SatisfactionStated: lambda event, _: _rated(event),
    ClueReferred: _referred,
    ClueMoved: lambda event, _: {
        "referred_to": event.to.id,
        "referred_to_name": event.to.name,
    },
    ReferralReturned: lambda _, __: {
        "referred_to": "",
        "referred_to_name": "",
        "referred_on": None,
    },
    ComplaintWithdrawn: lambda _, on: {"ended_on": on},
    ComplaintClosed: lambda _, on: {"closed_on": on},
    SideWrote: lambda event, on: {} if event.again else {f"wrote_{event.side}": on},
    BodyWrote: lambda event, _: {f"wrote_{event.side}": None},
    AnswerNotNeeded: lambda event, _: {f"wrote_{event.side}": None},
}
