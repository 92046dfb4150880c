"""States of a complaint: their names, and which event leads to which."""

from __future__ import annotations

from events.complaints.closing import ComplaintClosed, ComplaintImportReversed
from events.complaints.direct import DirectSettlementConfirmed, DirectSettlementOffered
from events.complaints.entrusting import EntrustmentEnded, MediationEntrusted
from events.complaints.forwarding import ComplaintForwarded, ComplaintReturnedToDesk
from events.complaints.identity import IdentityConfirmed, IdentityProofRequested
from events.complaints.intake import (
    ComplaintAccepted,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintTransferred,
    ComplaintWithdrawn,
)
from events.complaints.joint import ComplaintMerged
from events.complaints.keeping import AgreementPerformed, DefaultReported
from events.complaints.mediation import AgreementReached, MediationStarted, MediationTerminated
from events.complaints.sessions import RecusalDecided, RecusalRequested
from events.complaints.testing import TestingEnded, TestingStarted
from events.event import Event
from events.words import Code, Words

STATES = Code(
    "complaint_state",
    {
        "received": Words("已收到", "received"),
        "identity": Words("待核验身份", "identity to be proved"),
        "negotiating": Words("直接和解中", "being settled directly"),
        "accepted": Words("已受理", "accepted"),
        "refused": Words("不予受理", "refused"),
        "mediating": Words("调解中", "in mediation"),
        "testing": Words("检测中，调解暂停", "testing, mediation paused"),
        "recusal": Words("回避待定，调解中止", "mediator challenged, mediation rests"),
        "agreed": Words("达成协议", "agreed"),
        "performed": Words("协议已履行", "agreement kept"),
        "defaulted": Words("协议未履行", "agreement not kept"),
        "terminated": Words("终止调解", "terminated"),
        "withdrawn": Words("已撤回", "withdrawn"),
        "merged": Words("已并案", "merged"),
        "closed": Words("已办结", "closed"),
        "reversed": Words("导入已撤销", "import reversed"),
    },
)

STATE_AFTER: dict[type[Event], str] = {
    ComplaintRegistered: "received",
    IdentityProofRequested: "identity",
    IdentityConfirmed: "received",
    ComplaintForwarded: "received",
    ComplaintReturnedToDesk: "received",
    ComplaintTransferred: "received",
    ComplaintAccepted: "accepted",
    ComplaintRefused: "refused",
    DirectSettlementOffered: "negotiating",
    DirectSettlementConfirmed: "agreed",
    MediationStarted: "mediating",
    MediationEntrusted: "mediating",
    EntrustmentEnded: "mediating",
    TestingStarted: "testing",
    TestingEnded: "mediating",
    RecusalRequested: "recusal",
    RecusalDecided: "mediating",
    AgreementReached: "agreed",
    AgreementPerformed: "performed",
    DefaultReported: "defaulted",
    MediationTerminated: "terminated",
    ComplaintWithdrawn: "withdrawn",
    ComplaintMerged: "merged",
    ComplaintClosed: "closed",
    ComplaintImportReversed: "reversed",
}


def state_after(event: Event, before: str) -> str:
    """Where the event leaves a complaint that was `before`; some say it themselves (`resumes`)."""
    return getattr(event, "resumes", "") or STATE_AFTER.get(type(event), before)
