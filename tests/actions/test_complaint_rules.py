"""The single rules of the later steps: what is refused with which sentence, and what follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from events import complaints as e
from events.complaints.terms import WAYS
from events.event import Event, system
from services.actions import complaints as c
from services.actions.complaints import (
    Complaint,
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
    sessions,
)
from services.actions.hand_over import OfferHandOver, offer
from tests.actions.complaint_histories import (
    AGREED,
    ASKED,
    CHALLENGED,
    DAY,
    HISTORIES,
    MEDIATING,
    OFFERED,
    OTHER,
    OTHER_NUMBER,
    REGISTERED,
    REPORTED,
    TERMINATED,
    TOLD,
    WHY,
    happened,
    on,
    registered,
)
from tests.given import Given, given
from tests.people import COUNCIL, GULOU, JINAN, LI, WU, ZHAO

LATER = DAY + timedelta(days=30)
GIVEN = [happened(e.ConsentGiven, what="entrust", whose=s) for s in ("consumer", "enterprise")]
ENTRUSTED = happened(e.MediationEntrusted, to=COUNCIL, principal=GULOU)
FORWARDED = happened(e.ComplaintForwarded, to=GULOU, within=True, reason=WHY)
JOINED = happened(
    e.ComplaintTookIn, other=str(OTHER), other_number=OTHER_NUMBER, how="joint", reason=WHY
)
FORM7: dict[str, Any] = {
    "day": DAY, "time": "14:30", "meeting": "place", "place": "二楼", "mediator": "李强",
}  # fmt: skip


def asked(history: tuple[Event, ...], rule: Any, kind: Any, **typed: Any) -> Given[Complaint]:
    found = given(Complaint, *history)
    by = typed.pop("by", LI)
    by = c.complainant(found.record.id) if by == "she" else by
    return found.when(rule, on(kind, by, complaint=found.record.id, **typed))


# -- identity ----------------------------------------------------------------------------


def test_proof_of_identity_is_not_asked_for_by_today() -> None:
    asked(HISTORIES["received"], identity.ask_for_proof, c.RequestIdentityProof,
          what="身份证", until=DAY).refused("期限要晚于今天", "until")  # fmt: skip


@pytest.mark.parametrize("ground", ["R5", "R6"])
def test_nobody_is_refused_for_her_identity_before_her_time_is_over(ground: str) -> None:
    refuses: dict[str, Any] = {"ground": ground, "reason": WHY}
    early = asked(HISTORIES["identity"], deciding.refuse, c.RefuseComplaint, **refuses)
    early.refused("期限到2026年11月7日", "ground")
    asked(HISTORIES["identity"], deciding.refuse, c.RefuseComplaint, dated=LATER, **refuses).then(
        e.ComplaintRefused, ground=ground, ways=list(WAYS.terms)
    )
    answered = happened(e.IdentityProofGiven, answer=REGISTERED.told)
    asked((REGISTERED, ASKED, answered), deciding.refuse, c.RefuseComplaint, **refuses).then(
        e.ComplaintRefused
    )


def test_a_council_cannot_choose_to_entrust() -> None:
    asked((registered(handler=COUNCIL),), deciding.accept, c.AcceptComplaint, by=ZHAO,
          mediated_by="entrusted").refused("只有市场监管部门可以委托", "mediated_by")  # fmt: skip


# -- forwarding --------------------------------------------------------------------------


def test_a_unit_returns_to_the_desk_and_passes_nothing_on_itself() -> None:
    desk = happened(e.ComplaintForwarded, by=WU, to=GULOU, within=True, reason=WHY)
    history = (REGISTERED, desk)
    asked(history, forwarding.return_it, c.ReturnToDesk, reason=WHY).then(
        e.ComplaintReturnedToDesk, desk=GULOU, within=True
    )
    asked(history, forwarding.forward, c.ForwardComplaint, to=JINAN, reason=WHY).refused(
        "不得自行移送"
    )
    found = given(Complaint, *history)
    moves = OfferHandOver(
        by=LI, kind="complaint", record=found.record.id, to=JINAN, reason="不属于我单位辖区"
    )
    found.when(offer, moves).refused("不得自行移送")


def test_another_authority_may_forward_in_its_turn() -> None:
    far = happened(e.ComplaintForwarded, to=GULOU, within=False, reason=WHY)
    asked((REGISTERED, far), forwarding.forward, c.ForwardComplaint, to=JINAN, reason=WHY).then(
        e.ComplaintForwarded, to=JINAN
    )


def test_what_no_desk_forwarded_is_not_returned_and_goes_to_regulators_only() -> None:
    asked(HISTORIES["received"], forwarding.return_it, c.ReturnToDesk, reason=WHY).refused(
        "不能退回"
    )
    for to in (COUNCIL, GULOU):
        asked(HISTORIES["received"], forwarding.forward, c.ForwardComplaint, to=to,
              reason=WHY).refused("只能分送给其他市场监管部门", "to")  # fmt: skip


# -- consents ----------------------------------------------------------------------------


def test_a_consent_is_given_once_and_by_each_side_for_itself() -> None:
    entrust = {"whose": "consumer", "what": "entrust"}
    asked((registered(may_mediate=True),), consents.consent, c.GiveConsent, **entrust).refused(
        "已经同意过", "what"
    )
    asked(HISTORIES["received"], consents.consent, c.GiveConsent, by="she", whose="enterprise",
          what="entrust").refused("只能代表自己一方", "whose")  # fmt: skip
    asked(HISTORIES["received"], consents.take_back_consent, c.WithdrawConsent, **entrust).refused(
        "没有同意过", "what"
    )


def test_a_publication_needs_her_consent_and_ends_with_it() -> None:
    ended = HISTORIES["terminated"]
    asked(ended, consents.publish, c.PublishComplaint).refused("消费者没有同意公示")
    agreed = happened(e.ConsentGiven, what="publish", whose="consumer")
    public = happened(e.ComplaintPublished)
    asked((*ended, agreed, public), consents.publish, c.PublishComplaint).refused("已经公示")
    then = asked((*ended, agreed, public), consents.take_back_consent, c.WithdrawConsent, by="she",
                 whose="consumer", what="publish")  # fmt: skip
    assert [type(each) for each in then.record.new] == [e.ConsentWithdrawn, e.PublicationTakenBack]
    asked(ended, consents.take_back, c.TakePublicationBack, reason=WHY).refused("没有公示")


# -- what the business says beside a publication -------------------------------------------

MAY_BE_PUBLIC = (
    *HISTORIES["terminated"], happened(e.ConsentGiven, what="publish", whose="consumer"),
)  # fmt: skip


def written(edition: int) -> Event:
    return happened(e.CommentWritten, edition=edition, comment=TOLD)


def test_a_business_comments_on_what_may_become_public_only() -> None:
    said = {"comment": "已经退款，并更换了供货商"}
    asked(HISTORIES["terminated"], comments.write, c.WriteComment, **said).refused("没有同意公示")
    asked(MAY_BE_PUBLIC, comments.write, c.WriteComment, **said).then(e.CommentWritten, edition=1)
    again = asked((*MAY_BE_PUBLIC, written(1)), comments.write, c.WriteComment, **said)
    again.then(e.CommentWritten, edition=2)


def test_what_is_shown_stays_until_a_later_edition_is_shown_too() -> None:
    shown = happened(e.CommentShown, edition=1)
    second = (*MAY_BE_PUBLIC, written(1), shown, written(2))
    why = {"ground": "personal", "reason": "第二句写了消费者的姓名"}
    declined = asked(second, comments.decline, c.DeclineComment, **why)
    declined.then(e.CommentDeclined, edition=2, ground="personal", reason=why["reason"])
    assert declined.record.comment.shown == 1
    assert asked(second, comments.show, c.ShowComment).record.comment.shown == 2
    # Also what is shown can be taken off again, with its ground.
    taken_off = asked(
        (*MAY_BE_PUBLIC, written(1), shown), comments.decline, c.DeclineComment, **why
    )
    assert taken_off.record.comment.shown == 0


def test_there_must_be_something_to_show_to_decline_or_to_withdraw() -> None:
    asked(MAY_BE_PUBLIC, comments.show, c.ShowComment).refused("没有等待查看")
    asked(MAY_BE_PUBLIC, comments.withdraw, c.WithdrawComment).refused("没有等待查看或者正在显示")
    both = (*MAY_BE_PUBLIC, written(1), happened(e.CommentShown, edition=1), written(2))
    gone = asked(both, comments.withdraw, c.WithdrawComment)
    gone.then(e.CommentWithdrawn, edition=2)
    assert (gone.record.comment.shown, gone.record.comment.waiting) == (0, 0)


# -- direct settlement -------------------------------------------------------------------


def test_a_business_that_is_not_registered_cannot_be_invited() -> None:
    asked((registered(enterprise=None),), direct.offer, c.OfferDirectSettlement,
          matter="充电器发热").refused("没有与企业登记对应")  # fmt: skip


@pytest.mark.parametrize("before", ["received", "accepted"])
def test_what_is_not_settled_directly_goes_on_where_it_was(before: str) -> None:
    history = (*HISTORIES[before], OFFERED)
    asked(history, direct.fail, c.FailDirectSettlement).then(
        e.DirectSettlementFailed, resumes=before
    )
    denied = asked((*history, REPORTED), direct.deny, c.DenyDirectSettlement, by="she")
    denied.then(e.DirectSettlementDenied, resumes=before)
    assert denied.record.state == before
    asked((*history, REPORTED), direct.confirm, c.ConfirmDirectSettlement, by="she").then(
        e.DirectSettlementConfirmed, remedy="refund"
    )


def test_nothing_is_confirmed_that_was_not_reported() -> None:
    asked(HISTORIES["negotiating"], direct.confirm, c.ConfirmDirectSettlement).refused("还没有报告")


# -- entrusting, sessions ----------------------------------------------------------------


def test_entrusting_needs_both_consents_and_a_council() -> None:
    for consent, said in ((), "消费者还没有同意"), ((GIVEN[0],), "经营者还没有同意"):
        asked((*MEDIATING, *consent), entrusting.entrust, c.EntrustMediation, to=COUNCIL).refused(
            said
        )
    asked((*MEDIATING, *GIVEN), entrusting.entrust, c.EntrustMediation, to=JINAN).refused(
        "只能委托消费者协会", "to"
    )
    asked((*MEDIATING, *GIVEN, ENTRUSTED), entrusting.entrust, c.EntrustMediation,
          to=COUNCIL).refused("已经委托", "to")  # fmt: skip


def test_who_is_entrusted_leads_and_gives_it_back() -> None:
    history = (*MEDIATING, ENTRUSTED)
    asked(history, sessions.schedule, c.ScheduleMediation, **FORM7).refused("由受托单位办理")
    asked(history, sessions.schedule, c.ScheduleMediation, by=ZHAO, **FORM7).then(
        e.MediationScheduled, mediator="李强"
    )
    asked(history, entrusting.entrust, c.EntrustMediation, by=ZHAO, to=COUNCIL).refused(
        "不能对这条记录"
    )
    asked(history, entrusting.end, c.EndEntrustment, by=ZHAO, reason=WHY).then(
        e.EntrustmentEnded, principal=GULOU
    )
    asked(MEDIATING, entrusting.end, c.EndEntrustment, reason=WHY).refused("没有委托")


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"day": DAY - timedelta(days=1)}, "day"), ({"recusal_by": LATER}, "recusal_by")],
)
def test_a_session_lies_ahead_and_a_challenge_before_it(changed: Any, field: str) -> None:
    then = asked(MEDIATING, sessions.schedule, c.ScheduleMediation, **{**FORM7, **changed})
    then.refused("不能早于今天" if field == "day" else "要在调解之前", field)


def test_a_time_is_a_time() -> None:
    with pytest.raises(ValidationError):
        on(c.ScheduleMediation, **{**FORM7, "time": "下午"})
    assert on(c.ScheduleMediation, **{**FORM7, "time": "１４：３０"}).time == "14:30"


def test_who_steps_aside_is_replaced() -> None:
    history = (*MEDIATING, CHALLENGED)
    asked(history, sessions.decide, c.DecideRecusal, by=WU, granted=True, reason=WHY).refused(
        "改由谁调解", "mediator"
    )
    asked(history, sessions.hold, c.HoldMediation, meeting="phone", mediator="李强").refused(
        "最近一步是"
    )


def test_a_proposal_is_answered_once_by_each_side() -> None:
    accepts = {"whose": "consumer", "accepts": True}
    asked(MEDIATING, sessions.answer, c.AnswerProposal, **accepts).refused("没有等这一方答复")
    proposed = (*MEDIATING, happened(e.ProposalMade, terms=REGISTERED.told))
    said = happened(e.ProposalAnswered, whose="consumer", accepts=True)
    asked((*proposed, said), sessions.answer, c.AnswerProposal, **accepts).refused("没有等这一方")
    asked((*proposed, said, proposed[-1]), sessions.answer, c.AnswerProposal, **accepts).then(
        e.ProposalAnswered
    )


# -- keeping, notices, signs -------------------------------------------------------------


def test_an_agreement_is_kept_later_than_it_is_made_and_broken_later_than_that() -> None:
    asked(MEDIATING, mediation.agree, c.RecordAgreement, remedy="refund",
          perform_by=DAY - timedelta(days=1)).refused("不能早于达成协议", "perform_by")  # fmt: skip
    dated = happened(e.AgreementReached, remedy="refund", perform_by=LATER)
    asked((*MEDIATING, dated), keeping.default, c.ReportDefault, by="she", why=WHY).refused(
        "还没有过"
    )
    asked((*MEDIATING, dated), keeping.default, c.ReportDefault, by="she", why=WHY,
          dated=LATER + timedelta(days=1)).then(e.DefaultReported, body=GULOU)  # fmt: skip


def test_the_notice_is_complete_when_both_know() -> None:
    ended = (*MEDIATING, TERMINATED)
    asked(ended, keeping.tell, c.NotifyParties, whom=(), way="phone").refused("请选择告知了谁")
    asked(ended, keeping.tell, c.NotifyParties, whom=("consumer",), way="phone").then(
        e.PartiesNotified, complete=False
    )
    one = happened(e.PartiesNotified, whom=["consumer"])
    asked((*ended, one), keeping.tell, c.NotifyParties, whom=("enterprise",), way="letter").then(
        e.PartiesNotified, complete=True
    )
    both = happened(e.PartiesNotified, whom=["consumer", "enterprise"], complete=True)
    asked((*ended, both), keeping.tell, c.NotifyParties, whom=("consumer",),
          way="phone").refused("都已经告知")  # fmt: skip


def test_signs_are_verified_and_extended_once() -> None:
    noted = happened(e.ClueNoted, reason=WHY)
    asked((*MEDIATING, noted), keeping.note, c.NoteClue, reason=WHY).refused("已有一条线索")
    asked(MEDIATING, keeping.verify, c.VerifyClue, result=WHY).refused("没有待核查")
    longer = happened(e.ClueExtended, reason=WHY)
    asked((*MEDIATING, noted, longer), keeping.extend, c.ExtendClue, by=WU, reason=WHY).refused(
        "只能延长一次"
    )


# -- joint complaints --------------------------------------------------------------------


def test_a_lead_is_not_merged_and_nothing_into_itself() -> None:
    typed: dict[str, Any] = {"how": "joint", "reason": WHY}
    asked((REGISTERED, JOINED), joint.merge, c.MergeComplaint, into=OTHER, **typed).refused(
        "已有其他投诉并入本件"
    )
    found = given(Complaint, REGISTERED)
    itself = on(c.MergeComplaint, complaint=found.record.id, into=found.record.id, **typed)
    found.when(joint.merge, itself).refused("另一件投诉的编号", "into_number")


@pytest.mark.parametrize("before", ["received", "identity", "accepted", "mediating"])
def test_separated_it_is_what_it_was(before: str) -> None:
    merged = happened(
        e.ComplaintMerged, other=str(OTHER), other_number=OTHER_NUMBER, how="duplicate", reason=WHY
    )
    then = asked((*HISTORIES[before], merged), joint.separate, c.SeparateComplaint, reason=WHY)
    then.then(e.ComplaintSeparated, resumes=before)
    assert then.record.state == before


def test_representatives_settle_with_the_consent_of_the_represented() -> None:
    history = (*MEDIATING, JOINED)
    refused = f"还没有得到这些投诉人的同意：{OTHER_NUMBER}"
    asked(history, mediation.agree, c.RecordAgreement, remedy="refund").refused(refused)
    asked(history, deciding.withdraw, c.WithdrawComplaint, by="she", reason=WHY).refused(refused)
    found = given(Complaint, *history)
    agrees = on(
        c.ConsentAsRepresented, c.complainant(OTHER), complaint=found.record.id, who=str(OTHER)
    )
    found.when(joint.agree_as_represented, agrees).then(e.RepresentedConsented, other=str(OTHER))
    agreed = found.record.new[0]
    asked((*history, agreed), mediation.agree, c.RecordAgreement, remedy="refund").then(
        e.AgreementReached
    )
    asked((*history, agreed), joint.agree_as_represented, c.ConsentAsRepresented,
          who=str(OTHER)).refused("没有等这位投诉人", "who")  # fmt: skip


def test_one_or_two_of_the_joint_represent_them() -> None:
    for chosen in ((), (str(OTHER), "x")):
        asked((*MEDIATING, JOINED), joint.name, c.NameRepresentatives,
              representatives=chosen).refused("一名或者两名", "representatives")  # fmt: skip
    asked(MEDIATING, joint.name, c.NameRepresentatives, representatives=(str(OTHER),)).refused(
        "不是共同投诉"
    )


# -- afterwards --------------------------------------------------------------------------


def test_she_is_reminded_after_twenty_days_and_counted_as_silent_after_forty() -> None:
    rule, ended = system("rating"), (*MEDIATING, AGREED)
    early, due = DAY + timedelta(days=19), DAY + timedelta(days=20)
    asked(ended, afterwards.remind, c.RemindRating, by=rule, dated=early).refused("2026年11月22日")
    asked(ended, afterwards.remind, c.RemindRating, by=rule, dated=due).then(e.RatingReminded)
    reminded = (*ended, happened(e.RatingReminded, by=rule, day=due))
    asked(reminded, afterwards.remind, c.RemindRating, by=rule, dated=due).refused("已经提醒过")
    asked(reminded, afterwards.lapse, c.LapseRating, by=rule, dated=due).refused("2026年12月12日")
    rated = (*ended, happened(e.SatisfactionStated, satisfied=True, stars=5))
    asked(rated, afterwards.remind, c.RemindRating, by=rule, dated=due).refused("已经评价")


def test_stars_say_whether_she_is_satisfied() -> None:
    ended = (*MEDIATING, AGREED)
    for stars, satisfied in (("5", True), ("4", True), ("3", False)):
        asked(ended, closing.rate, c.StateSatisfaction, stars=stars).then(
            e.SatisfactionStated, satisfied=satisfied, stars=int(stars)
        )
    asked(ended, closing.rate, c.StateSatisfaction).refused("一至五星", "stars")


def test_she_is_asked_once_four_weeks_after_the_end() -> None:
    ended = (*MEDIATING, AGREED)
    says: dict[str, Any] = {"by": "she", "settled": True, "kept": False}
    asked(ended, afterwards.state, c.StateOutcome, **says).refused("2026年11月30日")
    asked(ended, afterwards.state, c.StateOutcome, dated=LATER, **says).then(
        e.OutcomeStated, kept=False, body=GULOU
    )
    once = (*ended, happened(e.OutcomeStated, settled=True, kept=True, day=LATER))
    asked(once, afterwards.state, c.StateOutcome, dated=LATER, **says).refused("不能再改")


def test_new_facts_reopen_it_where_it_was_decided_or_before() -> None:
    typed = {"facts": "找到了购物凭证", "reason": "新的证据说明争议存在"}
    for state, resumes in (("refused", "received"), ("terminated", "accepted")):
        then = asked(HISTORIES[state], afterwards.reopen, c.ReopenComplaint, **typed)
        then.then(e.ComplaintReopened, resumes=resumes)
        assert then.record.state == resumes
    with pytest.raises(ValidationError):
        on(c.ReopenComplaint, facts="无", reason=WHY)
