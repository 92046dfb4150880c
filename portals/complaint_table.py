"""The acts on a complaint: under which address each stands, what does it, when it makes sense."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from events.event import Acting, today
from services import access
from services.actions import complaints as c

Row = dict[str, Any]
Kind = type[c.OnComplaint]
Act = tuple[Kind, Callable[..., Awaitable[Any]]]

ACTS: dict[str, Act] = {
    "accept": (c.AcceptComplaint, c.accept_complaint),
    "refuse": (c.RefuseComplaint, c.refuse_complaint),
    "identity-confirmed": (c.ConfirmIdentity, c.confirm_identity),
    "identity-given": (c.GiveIdentityProof, c.give_identity_proof),
    "mediation": (c.StartMediation, c.start_mediation),
    "session": (c.ScheduleMediation, c.schedule_mediation),
    "held": (c.HoldMediation, c.hold_mediation),
    "attendance": (c.AnswerInvitation, c.answer_invitation),
    "proposal": (c.MakeProposal, c.make_proposal),
    "agreement": (c.RecordAgreement, c.record_agreement),
    "testing-end": (c.EndTesting, c.end_testing),
    "recusal-decision": (c.DecideRecusal, c.decide_recusal),
    "settlement-confirmed": (c.ConfirmDirectSettlement, c.confirm_direct_settlement),
    "settlement-failed": (c.FailDirectSettlement, c.fail_direct_settlement),
    "notify": (c.NotifyParties, c.notify_parties),
    "performed": (c.ReportPerformance, c.report_performance),
    "default": (c.ReportDefault, c.report_default),
    "restitution": (c.RecordRestitution, c.record_restitution),
    "close": (c.CloseComplaint, c.close_complaint),
    "separate": (c.SeparateComplaint, c.separate_complaint),
    # Less often.
    "identity": (c.RequestIdentityProof, c.request_identity_proof),
    "forward": (c.ForwardComplaint, c.forward_complaint),
    "return": (c.ReturnToDesk, c.return_to_desk),
    "offer": (c.OfferDirectSettlement, c.offer_direct_settlement),
    "settled": (c.ReportDirectSettlement, c.report_direct_settlement),
    "settlement-denied": (c.DenyDirectSettlement, c.deny_direct_settlement),
    "entrust": (c.EntrustMediation, c.entrust_mediation),
    "entrustment-end": (c.EndEntrustment, c.end_entrustment),
    "proposal-answer": (c.AnswerProposal, c.answer_proposal),
    "recusal": (c.RequestRecusal, c.request_recusal),
    "testing": (c.StartTesting, c.start_testing),
    "terminate": (c.TerminateMediation, c.terminate_mediation),
    "consent": (c.GiveConsent, c.give_consent),
    "consent-withdrawn": (c.WithdrawConsent, c.withdraw_consent),
    "signs": (c.JudgeAbuseSigns, c.judge_abuse_signs),
    "merge": (c.MergeComplaint, c.merge_complaint),
    "representatives": (c.NameRepresentatives, c.name_representatives),
    "represented": (c.ConsentAsRepresented, c.consent_as_represented),
    "refer": (c.ReferClue, c.refer_clue),
    "clue": (c.NoteClue, c.note_clue),
    "clue-extension": (c.ExtendClue, c.extend_clue),
    "clue-result": (c.VerifyClue, c.verify_clue),
    "withdraw": (c.WithdrawComplaint, c.withdraw_complaint),
    "satisfaction": (c.StateSatisfaction, c.state_satisfaction),
    "call-back": (c.CallBack, c.call_back),
    "message": (c.WriteToConsumer, c.write_to_side),
    "message-business": (c.WriteToBusiness, c.write_to_side),
    "no-answer": (c.NoAnswerToConsumer, c.need_no_answer),
    "no-answer-business": (c.NoAnswerToBusiness, c.need_no_answer),
    "publish": (c.PublishComplaint, c.publish_complaint),
    "unpublish": (c.TakePublicationBack, c.take_publication_back),
    "comment-shown": (c.ShowComment, c.show_comment),
    "comment-declined": (c.DeclineComment, c.decline_comment),
    "comment": (c.WriteComment, c.write_comment),
    "comment-withdrawn": (c.WithdrawComment, c.withdraw_comment),
    "reopen": (c.ReopenComplaint, c.reopen_complaint),
}
#: What comes next in the usual course: shown as a button; the rest is folded away.
_USUAL = {
    "received": ("accept", "refuse"),
    "identity": ("identity-confirmed", "refuse"),
    "negotiating": ("settlement-confirmed", "settlement-failed"),
    "accepted": ("mediation", "offer", "entrust", "terminate"),
    "mediating": ("session", "held", "proposal", "agreement", "terminate"),
    "testing": ("testing-end",),
    "recusal": ("recusal-decision",),
    "agreed": ("performed", "default", "restitution", "close"),
    "performed": ("restitution", "close"),
    "defaulted": ("performed", "call-back", "reopen", "close"),
    "terminated": ("notify", "close"),
    "merged": ("separate",),
    "refused": ("close",),
    "withdrawn": ("close",),
    "closed": ("notify", "call-back", "satisfaction"),
}
#: Since when a message waits -> where it is answered.
_ANSWERS = {"wrote_consumer": "message", "wrote_enterprise": "message-business"}
#: What the consumer does, and the body only records for her.
HERS = (
    c.WithdrawComplaint, c.StateSatisfaction, c.GiveIdentityProof, c.ConfirmDirectSettlement,
    c.DenyDirectSettlement, c.ConsentAsRepresented,
)  # fmt: skip


def possible(by: Acting, row: Row) -> list[str]:
    """The acts that this body may do now and that make sense, the usual ones first."""
    first = usual(row)
    ordered = [*first, *(slug for slug in ACTS if slug not in first)]
    return [slug for slug in ordered if _possible(by, row, ACTS[slug][0])]


def usual(row: Row) -> tuple[str, ...]:
    """What comes next in the usual course; before it, answers to what was written."""
    answers = tuple(slug for name, slug in _ANSWERS.items() if row[name])
    return answers + _USUAL.get(row["state"], ())


def _possible(by: Acting, row: Row, kind: Kind) -> bool:
    if not access.may(by, kind.__name__, row["relation"], row["state"]):
        return False
    if row["mediator"] and row["relation"] == "handler" and kind in _OF_THE_MEDIATOR:
        return False
    sense = _SENSE.get(kind)
    return sense is None or bool(sense(row))


def _invited(record: c.Complaint) -> bool:
    return record.session is not None and record.session.day >= today()


#: What a body leaves to whom it entrusted with the mediation.
_OF_THE_MEDIATOR = (
    c.ScheduleMediation, c.HoldMediation, c.MakeProposal, c.RecordAgreement, c.StartTesting,
)  # fmt: skip
#: Columns that say who agreed to what.
CONSENTS = ("may_mediate", "may_publish", "firm_entrust", "firm_publish")
#: Acts that the rules would refuse anyway are not offered.
_SENSE: dict[Kind, Callable[[Row], Any]] = {
    c.GiveIdentityProof: lambda row: not row["proof_given"],
    c.ForwardComplaint: lambda row: not row["within"],
    c.ReturnToDesk: lambda row: row["desk"],
    c.OfferDirectSettlement: lambda row: row["enterprise"],
    c.ReportDirectSettlement: lambda row: row["direct"] == "offered",
    c.ConfirmDirectSettlement: lambda row: row["direct"] == "reported",
    c.DenyDirectSettlement: lambda row: row["direct"] == "reported",
    c.EntrustMediation: lambda row: not row["mediator"],
    c.EndEntrustment: lambda row: row["mediator"],
    c.AnswerProposal: lambda row: row["proposed_on"] and None in (
        row["said_consumer"], row["said_enterprise"],
    ),
    c.AnswerInvitation: lambda row: _invited(row["record"]),
    c.GiveConsent: lambda row: not all(row[name] for name in CONSENTS),
    c.WithdrawConsent: lambda row: any(row[name] for name in CONSENTS),
    c.PublishComplaint: lambda row: row["may_publish"] and not row["published_on"],
    c.TakePublicationBack: lambda row: row["published_on"],
    c.WriteComment: lambda row: row["may_publish"],
    c.WithdrawComment: lambda row: row["record"].comment.standing,
    c.ShowComment: lambda row: row["record"].comment.waiting,
    c.DeclineComment: lambda row: row["record"].comment.standing,
    c.NameRepresentatives: lambda row: row.get("joint"),
    c.ConsentAsRepresented: lambda row: row.get("joint"),
    c.NotifyParties: lambda row: row["told_consumer"] + row["told_enterprise"] < 2
    and row["ground"].startswith("T"),
    c.RecordRestitution: lambda row: not row["currency"],
    c.StateSatisfaction: lambda row: row["satisfied"] is None,
    c.ReferClue: lambda row: not row["referred_to"],
    c.NoteClue: lambda row: not row["clue_on"],
    c.ExtendClue: lambda row: row["clue_on"],
    c.VerifyClue: lambda row: row["clue_on"],
    c.WriteToBusiness: lambda row: row["record"].told_the_business,
    c.NoAnswerToConsumer: lambda row: row["wrote_consumer"],
    c.NoAnswerToBusiness: lambda row: row["wrote_enterprise"],
}  # fmt: skip
