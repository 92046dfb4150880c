"""The rules of a complaint: every state against every command, then each rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from events.complaints import (
    AgreementReached,
    ClueReferred,
    ComplaintAccepted,
    ComplaintClosed,
    ComplaintImportReversed,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintTransferred,
    ComplaintWithdrawn,
    MediationStarted,
    MediationTerminated,
    ReferralReturned,
    RestitutionRecorded,
    SatisfactionStated,
)
from events.event import Acting, Event, Personal
from events.ids import new_id
from events.terms import Money
from services.actions import complaints as c
from services.actions.command import Command
from services.actions.complaints import Complaint, closing, deciding, intake, mediation, referral
from tests.actions.complaint_histories import ACTS
from tests.given import Given, given
from tests.opening import SUBJECT
from tests.people import (
    ADMIN,
    CHEN,
    CONSUMER,
    CONTACT,
    COUNCIL,
    GULOU,
    IMPORTER,
    JINAN,
    LI,
    MINHAI,
    OTHER_COUNCIL,
    WANG,
    ZHAO,
)

DAY = date(2026, 11, 2)
ID = new_id()
ABOUT: dict[str, Any] = {"number": "GZ-2026-000001-C", "enterprise": MINHAI}
WHO = Personal(subject=SUBJECT, fields={"name": "陈小姐", "phone": "13800001234"})
TOLD = Personal(subject=SUBJECT, fields={"facts": "充电器着火", "request": "退货"})
TELLS: dict[str, Any] = {
    "respondent": "闽海充电器", "respondent_address": "八一七路1号", "facts": "充电器着火",
    "request": "退货", "name": "陈小姐", "phone": "138-0000 1234", "address": "福州市鼓楼区",
}  # fmt: skip
WHY = "商家无正当理由不到场"


def on(kind: Callable[..., Any], by: Acting = ZHAO, dated: date = DAY, **fields: Any) -> Any:
    at = datetime.combine(dated, datetime.min.time(), UTC) + timedelta(hours=4)
    return kind(by=by, at=at, **{"complaint": ID, **fields})


def registered(by: Acting = CONSUMER) -> ComplaintRegistered:
    return ComplaintRegistered(
        by=by, occurred_on=DAY, handler=COUNCIL, complainant=WHO, told=TOLD, **ABOUT
    )


REGISTERED = registered()
ACCEPTED = ComplaintAccepted(by=ZHAO, **ABOUT)
REFUSED = ComplaintRefused(by=ZHAO, ground="R3", reason="用于转卖", **ABOUT)
STARTED = MediationStarted(by=ZHAO, **ABOUT)
AGREED = AgreementReached(by=ZHAO, remedy="refund", **ABOUT)
TERMINATED = MediationTerminated(by=ZHAO, ground="T2", reason=WHY, **ABOUT)
WITHDRAWN = ComplaintWithdrawn(by=CONSUMER, reason="已经解决", **ABOUT)
CLOSED = ComplaintClosed(by=ZHAO, **ABOUT)
REVERSED = ComplaintImportReversed(by=ZHAO, reason="文件选错了", **ABOUT)
REFERRED = ClueReferred(by=ZHAO, to=GULOU, reason="没有认证", **ABOUT)

HISTORIES: dict[str, tuple[Event, ...]] = {
    "received": (REGISTERED,),
    "accepted": (REGISTERED, ACCEPTED),
    "refused": (REGISTERED, REFUSED),
    "mediating": (REGISTERED, ACCEPTED, STARTED),
    "agreed": (REGISTERED, ACCEPTED, STARTED, AGREED),
    "terminated": (REGISTERED, ACCEPTED, STARTED, TERMINATED),
    "withdrawn": (REGISTERED, ACCEPTED, WITHDRAWN),
    "closed": (REGISTERED, ACCEPTED, STARTED, AGREED, CLOSED),
    "reversed": (registered(IMPORTER), REVERSED),
}


def imported(state: str) -> tuple[Event, ...]:
    """The same history, but brought by an import."""
    return (registered(IMPORTER), *HISTORIES[state][1:])


def asked(kind: type[Command], history: tuple[Event, ...], by: Acting = ZHAO) -> Given[Complaint]:
    """The command given to a complaint with this history."""
    rule, typed, _ = ACTS[kind]
    found = given(Complaint, *history)
    return found.when(rule, on(kind, by, complaint=found.record.id, **typed))


def test_an_operator_may_reverse_an_import_and_nothing_else() -> None:
    done = [kind for kind in ACTS if asked(kind, imported("agreed"), ADMIN).refusal is None]
    assert done == [c.ReverseComplaintImport]


def test_the_consumer_of_another_complaint_may_not_withdraw_this_one() -> None:
    other = c.complainant(new_id())
    asked(c.WithdrawComplaint, HISTORIES["received"], other).refused("不能对这条记录")


# -- registering -------------------------------------------------------------------------


def lodged(by: Acting = CONSUMER, **changed: Any) -> Given[Complaint]:
    command = on(c.RegisterComplaint, by, number="GZ-2026-000001-C", handler=COUNCIL,
                 **{**TELLS, **changed})  # fmt: skip
    return given(Complaint).when(intake.register, command)


def test_a_complaint_is_registered_with_what_the_law_asks() -> None:
    lodged(category="safety", claimed=Money(minor=128_000), injury=True).then(
        ComplaintRegistered, number="GZ-2026-000001-C", handler=COUNCIL, category="safety",
        claimed=Money(minor=128_000), injury=True, respondent="闽海充电器",
    )  # fmt: skip
    event = lodged().record.new[0]
    assert isinstance(event, ComplaintRegistered)
    assert event.complainant.fields == {
        "name": "陈小姐", "phone": "13800001234", "address": "福州市鼓楼区",
    }  # fmt: skip
    assert event.told.get("facts") == "充电器着火"


@pytest.mark.parametrize("name", c.REQUIRED)
def test_what_is_missing_is_said_at_its_question(name: str) -> None:
    lodged(**{name: "  "}).refused(c.REQUIRED[name].zh, field=name)


def test_all_that_is_missing_is_known_at_once() -> None:
    assert list(c.missing({"name": "陈小姐"})) == [n for n in c.REQUIRED if n != "name"]


def test_an_import_may_know_less() -> None:
    lodged(IMPORTER, **dict.fromkeys(TELLS, "")).then(ComplaintRegistered)


@pytest.mark.parametrize("by", [CHEN, CONTACT, ADMIN])
def test_who_may_not_register(by: Acting) -> None:
    lodged(by).refused("不能对这条记录“提交投诉”")


# -- the single rules --------------------------------------------------------------------


def test_a_refusal_names_ground_and_reason() -> None:
    asked(c.RefuseComplaint, HISTORIES["received"]).then(
        ComplaintRefused, ground="R3", reason=WHY, number=ABOUT["number"], enterprise=MINHAI
    )


@pytest.mark.parametrize(
    "typed", [{"ground": "", "reason": WHY}, {"ground": "R9", "reason": WHY},
              {"ground": "R3", "reason": "短"}],
)  # fmt: skip
def test_no_refusal_without_ground_and_reason(typed: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        on(c.RefuseComplaint, **typed)


def test_a_transfer_as_it_was_moves_the_complaint_to_the_other_body() -> None:
    moved = ComplaintTransferred(by=ZHAO, to=JINAN, reason=WHY, **ABOUT)
    asked(c.AcceptComplaint, (*HISTORIES["accepted"], moved), WANG).then(ComplaintAccepted)
    asked(c.AcceptComplaint, (*HISTORIES["accepted"], moved)).refused("不能对这条记录")


def test_an_agreement_keeps_its_terms_apart() -> None:
    command = on(c.RecordAgreement, remedy="refund", terms="三天内退款 1280 元")
    then = given(Complaint, *HISTORIES["mediating"]).when(mediation.agree, command)
    then.then(AgreementReached, remedy="refund")
    event = then.record.new[0]
    assert isinstance(event, AgreementReached)
    assert event.terms is not None
    assert event.terms.get("terms") == "三天内退款 1280 元"
    assert "1280" not in event.said().zh


def test_a_termination_names_its_ground() -> None:
    asked(c.TerminateMediation, HISTORIES["mediating"]).then(MediationTerminated, ground="T2")


def test_restitution_is_recorded_once_and_never_negative() -> None:
    asked(c.RecordRestitution, HISTORIES["agreed"]).then(
        RestitutionRecorded, amount=Money(minor=100)
    )
    once = RestitutionRecorded(by=ZHAO, amount=Money(minor=100), **ABOUT)
    asked(c.RecordRestitution, (*HISTORIES["agreed"], once)).refused("已经记录过", "amount")
    less = on(c.RecordRestitution, amount=Money(minor=-1))
    given(Complaint, *HISTORIES["agreed"]).when(closing.restitute, less).refused(
        "不能为负数", "amount"
    )


def test_satisfaction_is_stated_once() -> None:
    asked(c.StateSatisfaction, HISTORIES["closed"]).then(SatisfactionStated, satisfied=True)
    once = SatisfactionStated(by=ZHAO, satisfied=False, **ABOUT)
    asked(c.StateSatisfaction, (*HISTORIES["closed"], once)).refused("已经有评价")


def test_a_clue_goes_to_one_regulator_until_it_is_returned() -> None:
    asked(c.ReferClue, HISTORIES["closed"]).then(ClueReferred, to=GULOU)
    referred = (*HISTORIES["closed"], REFERRED)
    asked(c.ReferClue, referred).refused(f"线索已经移送{GULOU.name}")
    returned = ReferralReturned(by=LI, council=COUNCIL, reason="不属于本局管辖", **ABOUT)
    asked(c.ReferClue, (*referred, returned)).then(ClueReferred, to=GULOU)
    elsewhere = on(c.ReferClue, to=OTHER_COUNCIL, reason=WHY)
    given(Complaint, REGISTERED).when(referral.refer, elsewhere).refused("只能移送", "to")


def test_only_the_regulator_that_got_the_clue_may_return_it() -> None:
    back = {"reason": "不属于本局管辖"}
    referred = (*HISTORIES["closed"], REFERRED)
    for by, said in ((WANG, "不能对这条记录"), (ZHAO, "不能对这条记录")):
        command = on(c.ReturnReferral, by, **back)
        given(Complaint, *referred).when(referral.give_back, command).refused(said)
    command = on(c.ReturnReferral, LI, **back)
    given(Complaint, *referred).when(referral.give_back, command).then(
        ReferralReturned, council=COUNCIL, reason=back["reason"]
    )


def test_a_regulator_that_handles_the_complaint_returns_only_its_own_clue() -> None:
    moved = ComplaintTransferred(by=ZHAO, to=GULOU, reason=WHY, **ABOUT)
    back = on(c.ReturnReferral, LI, reason="不属于本局管辖")
    given(Complaint, REGISTERED, REFERRED, moved).when(referral.give_back, back).then(
        ReferralReturned
    )
    given(Complaint, REGISTERED, moved).when(referral.give_back, back).refused("没有移送")


def test_a_clue_is_referred_by_a_council_only() -> None:
    moved = ComplaintTransferred(by=ZHAO, to=GULOU, reason=WHY, **ABOUT)
    asked(c.ReferClue, (REGISTERED, moved), LI).refused("不能对这条记录")


def test_only_an_imported_complaint_can_be_reversed() -> None:
    asked(c.ReverseComplaintImport, HISTORIES["received"]).refused("只有导入的投诉")
    asked(c.ReverseComplaintImport, imported("agreed")).then(ComplaintImportReversed)


def test_no_step_is_dated_before_the_one_it_follows() -> None:
    early = on(c.AcceptComplaint, occurred_on=DAY - timedelta(days=1))
    given(Complaint, REGISTERED).when(deciding.accept, early).refused("早于上一步", "occurred_on")


def test_a_withdrawal_is_the_consumers_also_where_a_clerk_records_it() -> None:
    found = asked(c.WithdrawComplaint, HISTORIES["received"])
    found.then(ComplaintWithdrawn, reason="")
    assert found.record.new[0].why.get("reason") == WHY  # type: ignore[attr-defined]
    assert WITHDRAWN.said().zh.startswith("消费者 撤回了投诉")
    by_clerk = ComplaintWithdrawn(by=ZHAO, reason=WHY, **ABOUT)
    assert "消费者（由 福州市消费者权益保护委员会 赵敏 代为记录） 撤回了投诉" in by_clerk.said().zh
