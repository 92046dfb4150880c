"""Complaints in every state, and every command with what is typed: what the table is made from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from events import complaints as e
from events.event import Acting, Event, PartyRef, Personal
from events.ids import new_id
from events.terms import Money
from services.actions import complaints as c
from services.actions.command import Command
from services.actions.complaints import (
    abuse,
    afterwards,
    closing,
    comments,
    consents,
    deciding,
    direct,
    entrusting,
    forwarding,
    identity,
    joint,
    keeping,
    mediation,
    referral,
    sessions,
    talks,
    testing,
    undelivered,
)
from tests.opening import SUBJECT
from tests.people import (
    COUNCIL,
    GULOU,
    IMPORTER,
    JINAN,
    LI,
    MINHAI,
)

Rule = Callable[..., None]
DAY = date(2026, 11, 2)
ID, OTHER = new_id(), new_id()
NUMBER, OTHER_NUMBER = "GZ-2026-000001-C", "GZ-2026-000002-C"
ABOUT: dict[str, Any] = {"number": NUMBER, "enterprise": MINHAI}
WHO = Personal(subject=SUBJECT, fields={"name": "陈小姐", "phone": "13800001234"})
TOLD = Personal(subject=SUBJECT, fields={"facts": "充电器着火", "request": "退货"})
WHY = "商家无正当理由不到场"
AT_GULOU = LI
ALREADY = LI.party


def on(kind: Callable[..., Any], by: Acting = LI, dated: date = DAY, **fields: Any) -> Any:
    at = datetime.combine(dated, datetime.min.time(), UTC) + timedelta(hours=4)
    return kind(by=by, at=at, **{"complaint": ID, **fields})


def happened(kind: type[e.ComplaintEvent], by: Acting = LI, day: date = DAY, **said: Any) -> Any:
    return kind(by=by, occurred_on=day, **{**ABOUT, **said})


def registered(by: Acting = LI, **changed: Any) -> e.ComplaintRegistered:
    said = {"handler": GULOU, "complainant": WHO, "told": TOLD, "may_mediate": False, **changed}
    return e.ComplaintRegistered(by=by, occurred_on=DAY, **{**ABOUT, **said})


REGISTERED = registered()
ACCEPTED = happened(e.ComplaintAccepted)
STARTED = happened(e.MediationStarted)
AGREED = happened(e.AgreementReached, remedy="refund")
TERMINATED = happened(e.MediationTerminated, ground="T2", reason=WHY)
OFFERED = happened(e.DirectSettlementOffered, matter=TOLD)
REPORTED = happened(e.DirectSettlementReported, remedy="refund", result=TOLD)
MERGED = happened(
    e.ComplaintMerged, other=str(OTHER), other_number=OTHER_NUMBER, how="duplicate", reason=WHY
)
TESTED = happened(e.TestingStarted, lab="省质检院", item="充电器", chosen="agreed", payer="shared")
CHALLENGED = happened(e.RecusalRequested, whose="consumer", why=TOLD)
INVITED = e.MediationScheduled(
    by=LI, occurred_on=DAY, day=DAY + timedelta(days=5), time="14:30", meeting="place",
    place="二楼调解室", mediator="李强", **ABOUT,
)  # fmt: skip
PROPOSED = happened(e.ProposalMade, terms=TOLD)
ASKED = happened(e.IdentityProofRequested, what="身份证", until=DAY + timedelta(days=5))
MEDIATING: tuple[Event, ...] = (REGISTERED, ACCEPTED, STARTED)

HISTORIES: dict[str, tuple[Event, ...]] = {
    "received": (REGISTERED,),
    "identity": (REGISTERED, ASKED),
    "negotiating": (REGISTERED, OFFERED),
    "accepted": (REGISTERED, ACCEPTED),
    "refused": (REGISTERED, happened(e.ComplaintRefused, ground="R3", reason="用于转卖")),
    "mediating": MEDIATING,
    "testing": (*MEDIATING, TESTED),
    "recusal": (*MEDIATING, CHALLENGED),
    "agreed": (*MEDIATING, AGREED),
    "performed": (*MEDIATING, AGREED, happened(e.AgreementPerformed)),
    "defaulted": (*MEDIATING, AGREED, happened(e.DefaultReported, why=TOLD)),
    "terminated": (*MEDIATING, TERMINATED),
    "withdrawn": (REGISTERED, ACCEPTED, happened(e.ComplaintWithdrawn)),
    "merged": (REGISTERED, MERGED),
    "closed": (*MEDIATING, AGREED, happened(e.ComplaintClosed)),
    "reversed": (registered(IMPORTER), happened(e.ComplaintImportReversed, reason="文件选错了")),
}

_BOTH = tuple(happened(e.ConsentGiven, what="entrust", whose=s) for s in ("consumer", "enterprise"))
_TOOK_IN = happened(
    e.ComplaintTookIn, other=str(OTHER), other_number=OTHER_NUMBER, how="joint", reason=WHY
)
_COMMENTED = (happened(e.CommentWritten, edition=1, comment=TOLD),)
_WROTE = {s: happened(e.SideWrote, side=s, text=TOLD) for s in ("consumer", "enterprise")}
_LATER = DAY + timedelta(days=50)

#: command -> its rule, what is typed, and what must have happened besides for it to be possible
ACTS: dict[type[Command], tuple[Rule, dict[str, Any], tuple[Event, ...]]] = {
    c.RequestIdentityProof: (
        identity.ask_for_proof, {"what": "身份证", "until": DAY + timedelta(days=3)}, (),
    ),
    c.GiveIdentityProof: (identity.give_proof, {"answer": "身份证号码尾号1234"}, ()),
    c.ConfirmIdentity: (identity.confirm, {}, ()),
    c.AcceptComplaint: (deciding.accept, {"mediated_by": "own"}, ()),
    c.RefuseComplaint: (deciding.refuse, {"ground": "R3", "reason": WHY}, ()),
    c.ForwardComplaint: (forwarding.forward, {"to": JINAN, "reason": WHY}, ()),
    c.ReturnToDesk: (
        forwarding.return_it, {"reason": WHY},
        (happened(e.ComplaintForwarded, to=GULOU, within=True, reason=WHY),),
    ),
    c.WithdrawComplaint: (deciding.withdraw, {"reason": WHY}, ()),
    c.GiveConsent: (consents.consent, {"whose": "consumer", "what": "entrust"}, ()),
    c.WithdrawConsent: (
        consents.take_back_consent, {"whose": "consumer", "what": "entrust"}, _BOTH[:1],
    ),
    c.PublishComplaint: (
        consents.publish, {}, (happened(e.ConsentGiven, what="publish", whose="consumer"),),
    ),
    c.TakePublicationBack: (
        consents.take_back, {"reason": WHY}, (happened(e.ComplaintPublished),),
    ),
    c.WriteComment: (
        comments.write, {"comment": "已经退款，并更换了供货商"},
        (happened(e.ConsentGiven, what="publish", whose="consumer"),),
    ),
    c.WithdrawComment: (comments.withdraw, {}, _COMMENTED),
    c.ShowComment: (comments.show, {}, _COMMENTED),
    c.DeclineComment: (
        comments.decline, {"ground": "personal", "reason": "第二句写了消费者的姓名"}, _COMMENTED,
    ),
    c.MergeComplaint: (
        joint.merge,
        {"into": OTHER, "into_number": OTHER_NUMBER, "how": "duplicate", "reason": WHY}, (),
    ),
    c.SeparateComplaint: (joint.separate, {"reason": WHY}, ()),
    c.NameRepresentatives: (joint.name, {"representatives": (str(OTHER),)}, (_TOOK_IN,)),
    c.ConsentAsRepresented: (joint.agree_as_represented, {"who": str(OTHER)}, (_TOOK_IN,)),
    c.JudgeAbuseSigns: (
        abuse.judge, {"signs": ("frequent", "no_proof"), "verdict": "genuine", "why": WHY}, (),
    ),
    c.OfferDirectSettlement: (direct.offer, {"matter": "充电器发热，要求退货"}, ()),
    c.ReportDirectSettlement: (direct.report, {"remedy": "refund", "result": "已退款"+WHY}, ()),
    c.FailDirectSettlement: (direct.fail, {}, ()),
    c.ConfirmDirectSettlement: (direct.confirm, {}, (REPORTED,)),
    c.DenyDirectSettlement: (direct.deny, {}, (REPORTED,)),
    c.StartMediation: (mediation.start, {}, ()),
    c.EntrustMediation: (entrusting.entrust, {"to": COUNCIL}, _BOTH),
    c.EndEntrustment: (
        entrusting.end, {"reason": WHY},
        (happened(e.MediationEntrusted, to=COUNCIL, principal=GULOU),),
    ),
    c.ScheduleMediation: (
        sessions.schedule,
        {"day": DAY, "time": "14:30", "meeting": "place", "place": "二楼", "mediator": "李强"}, (),
    ),
    c.AnswerInvitation: (
        sessions.say_whether, {"whose": "consumer", "comes": True}, (INVITED,),
    ),
    c.HoldMediation: (sessions.hold, {"meeting": "phone", "mediator": "李强"}, ()),
    c.MakeProposal: (sessions.propose, {"terms": "退货并退款"}, ()),
    c.AnswerProposal: (
        sessions.answer, {"whose": "consumer", "accepts": True}, (PROPOSED,),
    ),
    c.RequestRecusal: (sessions.challenge, {"whose": "consumer", "why": WHY}, ()),
    c.DecideRecusal: (sessions.decide, {"granted": False, "reason": WHY}, ()),
    c.StartTesting: (
        testing.start,
        {"lab": "省质检院", "item": "充电器", "chosen": "agreed", "payer": "shared"}, (),
    ),
    c.EndTesting: (testing.end, {"result": "检测结果不合格"}, ()),
    c.RecordAgreement: (mediation.agree, {"remedy": "refund"}, ()),
    c.TerminateMediation: (mediation.terminate, {"ground": "T2", "reason": WHY}, ()),
    c.NotifyParties: (keeping.tell, {"whom": ("consumer",), "way": "phone"}, ()),
    c.ReportPerformance: (keeping.perform, {}, ()),
    c.ReportDefault: (keeping.default, {"why": WHY}, ()),
    c.RecordRestitution: (closing.restitute, {"amount": Money(minor=100)}, ()),
    c.StateSatisfaction: (closing.rate, {"stars": "5", "solved": True}, ()),
    c.RemindRating: (afterwards.remind, {"dated": _LATER}, ()),
    c.LapseRating: (afterwards.lapse, {"dated": _LATER}, (happened(e.RatingReminded),)),
    c.RecordUndelivered: (
        undelivered.undelivered, {"message": "news", "way": "text", "tries": 6}, (),
    ),
    c.CallBack: (afterwards.called, {"reached": True, "solved": True}, ()),
    c.StateOutcome: (afterwards.state, {"settled": True, "kept": True, "dated": _LATER}, ()),
    c.ReopenComplaint: (afterwards.reopen, {"facts": WHY, "reason": WHY}, ()),
    c.WriteToConsumer: (talks.write_to, {"text": "请补充发票照片", "asks": True}, ()),
    c.WriteToBusiness: (
        talks.write_to, {"text": "请说明进货渠道", "asks": True}, (OFFERED,),
    ),
    c.WriteToBody: (talks.write, {"whose": "consumer", "text": "发票找到了"}, ()),
    c.NoAnswerToConsumer: (talks.leave, {}, (_WROTE["consumer"],)),
    c.NoAnswerToBusiness: (talks.leave, {}, (_WROTE["enterprise"],)),
    c.CloseComplaint: (closing.close, {}, ()),
    c.NoteClue: (keeping.note, {"reason": WHY}, ()),
    c.ExtendClue: (keeping.extend, {"reason": WHY}, (happened(e.ClueNoted, reason=WHY),)),
    c.VerifyClue: (keeping.verify, {"result": WHY}, (happened(e.ClueNoted, reason=WHY),)),
    c.ReferClue: (referral.refer, {"to": GULOU, "reason": WHY}, ()),
    c.ReverseComplaintImport: (closing.reverse_import, {"reason": WHY}, ()),
}  # fmt: skip

#: What must have come last, not first.
_LAST = (c.ConfirmDirectSettlement, c.DenyDirectSettlement, c.EndEntrustment, c.LapseRating)


def history(kind: type[Command], state: str, handler: PartyRef = GULOU) -> tuple[Event, ...]:
    """A complaint in this state, with all that the command needs besides."""
    by = IMPORTER if kind is c.ReverseComplaintImport else LI
    first = registered(by, handler=handler)
    rest, extra = HISTORIES[state][1:], ACTS[kind][2]
    return (first, *rest, *extra) if kind in _LAST else (first, *extra, *rest)
