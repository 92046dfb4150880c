"""The complaint register and what the consumer may see: events in, answers out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from events.ids import new_id
from events.terms import Money
from services.actions import complaints as c
from services.actions import enforcement as e
from services.following import find_mine
from services.platform import Platform
from services.told import told as what_she_told
from services.views.tracking import Tracking
from services.views.view import Row
from tests.caught_up import caught_up
from tests.handing import handed_over
from tests.people import (
    CONSUMER,
    COUNCIL,
    GULOU,
    JINAN,
    LI,
    MINHAI,
    OTHER_COUNCIL,
    WANG,
    WU,
    ZHAO,
)

pytestmark = pytest.mark.postgres

TELLS: dict[str, Any] = {
    "respondent": "闽海充电器", "respondent_address": "八一七路1号", "facts": "充电器着火",
    "request": "退货", "name": "陈小姐", "phone": "13800001234", "address": "福州市鼓楼区",
    "product": "充电器", "category": "safety", "bought_on": "2026年3月",
}  # fmt: skip
WHY = "商家无正当理由不到场"


def march(n: int) -> date:
    return date(2026, 3, n)


async def told(platform: Platform, day: int = 2, **fields: Any) -> Any:
    command = c.RegisterComplaint(
        by=CONSUMER, occurred_on=march(day), **{"handler": COUNCIL, **TELLS, **fields}
    )
    await platform.perform(c.register_complaint, command)
    return command.complaint


async def done(platform: Platform, complaint: Any, *steps: tuple[Any, Any, int, Row]) -> Row:
    """One act after the other, each on its day; then the row of the register."""
    for action, kind, day, fields in steps:
        known = {"by": ZHAO, "complaint": complaint, "occurred_on": march(day), **fields}
        await platform.perform(action, kind(**known))
    await caught_up(platform)
    row = await platform.views.complaints.one(str(complaint))
    assert row is not None
    return row


ACCEPT = (c.accept_complaint, c.AcceptComplaint, 3, {})
START = (c.start_mediation, c.StartMediation, 4, {})
AGREE = (c.record_agreement, c.RecordAgreement, 5, {"remedy": "refund", "terms": "三天内退款"})
END = (c.terminate_mediation, c.TerminateMediation, 5, {"ground": "T2", "reason": WHY})
REFER = (c.refer_clue, c.ReferClue, 6, {"to": GULOU, "reason": "充电器没有认证"})


async def test_a_complaint_from_receipt_to_closing(platform: Platform) -> None:
    complaint = await told(platform, enterprise=MINHAI, claimed=Money(minor=5000), injury=True)
    row = await done(platform, complaint)
    assert (row["state"], row["handler_name"], row["channel"]) == (
        "received",
        COUNCIL.name,
        "portal",
    )
    hers = await what_she_told(platform.log, complaint)
    assert [hers[name] for name in ("complainant", "phone", "facts", "terms")] == [
        "陈小姐", "13800001234", "充电器着火", "",
    ]  # fmt: skip
    assert not {*hers} & {*row}, "no view keeps what is said about her"
    assert (row["claimed"], row["injury"], row["bought_on"]) == (5000, True, "2026年3月")
    assert row["received_on"] == march(2)
    row = await done(
        platform, complaint, ACCEPT, START, AGREE,
        (c.record_restitution, c.RecordRestitution, 8, {"amount": Money(minor=128_050)}),
        (c.state_satisfaction, c.StateSatisfaction, 8, {"satisfied": False}),
        (c.close_complaint, c.CloseComplaint, 9, {}),
    )  # fmt: skip
    assert (row["state"], row["remedy"]) == ("closed", "refund")
    assert (await what_she_told(platform.log, complaint))["terms"] == "三天内退款"
    assert (row["restitution"], row["currency"], row["satisfied"]) == (128_050, "CNY", False)
    dates = [row[f"{d}_on"] for d in ("accepted", "mediation", "ended", "closed")]
    assert dates == [march(3), march(4), march(5), march(9)]
    assert row["version"] == 7
    assert (await platform.views.complaints.numbered(row["number"]) or {})["id"] == complaint
    assert (await platform.views.complaints.about(MINHAI.id)).total == 1


async def test_transfer_refusal_and_withdrawal(platform: Platform) -> None:
    moved = await told(platform)
    await done(platform, moved, ACCEPT)
    await handed_over(platform, moved, ZHAO, WANG, march(4))
    row = await platform.views.complaints.one(str(moved)) or {}
    assert (row["state"], row["handler"], row["accepted_on"]) == ("received", JINAN.id, None)
    assert (row["officer_name"], row["offered_to"]) == (WANG.name, "")
    ground = {"by": WANG, "ground": "R4", "reason": "五年前的购买"}
    row = await done(platform, moved, (c.refuse_complaint, c.RefuseComplaint, 5, ground))
    assert (row["state"], row["ground"], row["ended_on"]) == ("refused", "R4", march(5))
    taken = await told(platform)
    hers = {"by": c.complainant(taken), "reason": "商家已经退款"}
    row = await done(platform, taken, (c.withdraw_complaint, c.WithdrawComplaint, 4, hers))
    assert (row["state"], row["ended_on"], row["closed_on"]) == ("withdrawn", march(4), None)


async def test_a_clue_and_its_return(platform: Platform) -> None:
    complaint = await told(platform)
    row = await done(platform, complaint, REFER)
    register = platform.views.complaints
    assert (row["referred_to_name"], row["referred_on"]) == (GULOU.name, march(6))
    assert (await register.referred_to(GULOU.id)).total == 1
    back = {"by": LI, "reason": "不属于本局管辖"}
    row = await done(platform, complaint, (c.return_referral, c.ReturnReferral, 7, back))
    assert (row["referred_to"], row["referred_on"], row["state"]) == ("", None, "received")
    assert (await register.referred_to(GULOU.id)).total == 0


async def test_the_register_is_asked_by_state_and_words(platform: Platform) -> None:
    register = platform.views.complaints
    first = await told(platform, respondent="100%纯棉", product="ABC_布")
    await told(platform, day=3)
    await told(platform, handler=OTHER_COUNCIL)
    row = await done(platform, first, ACCEPT)
    assert [r["received_on"] for r in (await register.handled_by(COUNCIL.id)).rows] == [
        march(3), march(2),
    ]  # fmt: skip
    assert (await register.handled_by(COUNCIL.id, state="accepted")).total == 1
    for words in ("0%纯", "abc_", row["number"].lower()):
        assert (await register.handled_by(COUNCIL.id, text=words)).total == 1
    for words in ("0_纯", "%布", "\\"):
        assert (await register.handled_by(COUNCIL.id, text=words)).total == 0
    assert await register.states_of(COUNCIL.id) == {"accepted": 1, "received": 1}
    assert await register.glance() == {"received": 3, "ended": 0, "agreed": 0, "recovered": 0}


# -- what the consumer may see -------------------------------------------------------------


async def test_a_complaint_is_found_by_number_and_digits_only(platform: Platform) -> None:
    complaint = await told(platform)
    row = await done(platform, complaint)
    assert (await find_mine(platform, row["number"], "1234") or {})["id"] == complaint
    for number, digits in ((row["number"], "1235"), ("GZ-2026-999999-A", "1234")):
        assert await find_mine(platform, number, digits) is None
    assert await find_mine(platform, row["number"], "") is None


async def test_nobody_without_a_telephone_can_be_found_by_empty_digits(platform: Platform) -> None:
    imported = ZHAO.__class__(
        person=ZHAO.person, name=ZHAO.name, party=COUNCIL, role="clerk", channel="import"
    )
    command = c.RegisterComplaint(by=imported, handler=COUNCIL, occurred_on=march(2))
    await platform.perform(c.register_complaint, command)
    row = await done(platform, command.complaint)
    for digits in ("", "0000"):
        assert await find_mine(platform, row["number"], digits) is None


async def test_the_milestones_reach_to_the_result_told_to_the_council(platform: Platform) -> None:
    complaint, follow_up = await told(platform, enterprise=MINHAI), new_id()
    await done(platform, complaint, ACCEPT, START, END, REFER)
    opened = e.OpenFollowUp(
        by=LI, follow_up=follow_up, enterprise=MINHAI, source="referral", matter="充电器没有认证",
        complaint=str(complaint), raised_by=COUNCIL, source_number="GZ", occurred_on=march(7),
    )  # fmt: skip
    await platform.perform(e.open_follow_up, opened)
    issue = {"directive": "rectification", "demands": "停止销售充电器", "basis": "第五十四条"}
    steps: tuple[tuple[Any, Any, int, Row], ...] = (
        (e.issue_directive, e.IssueDirective, 8, {**issue, "due": march(20)}),
        (e.deliver_directive, e.DeliverDirective, 9, {"how": "当面"}),
        (e.answer_directive, e.AnswerDirective, 10, {"answer": "已经停止销售", "way": "phone"}),
        (e.recheck_passes, e.RecheckPasses, 11, {"by": WU, "finding": "现场没有再销售"}),
        (e.send_result, e.SendResult, 12, {"result": "责令改正，复查合格"}),
    )
    for action, kind, day, fields in steps:
        known = {"by": LI, "follow_up": follow_up, "occurred_on": march(day), **fields}
        await platform.perform(action, kind(**known))
    await caught_up(platform)
    rows = await platform.views.tracking.milestones(str(complaint))
    assert [row["what"] for row in rows] == [
        "complaint-registered", "complaint-accepted", "mediation-started", "mediation-terminated",
        "clue-referred", "follow-up-opened", "directive-issued", "recheck-passed",
        "result-sent-to-council",
    ]  # fmt: skip
    assert [r["body"] for r in rows[3:6]] == [COUNCIL.name, GULOU.name, GULOU.name]
    assert rows[6]["code"] == "rectification"
    assert rows[3]["code"] == "T2"
    row = await platform.views.tracking.one(str(complaint))
    assert row is not None
    assert (row["state"], row["since"], row["accepted_on"]) == ("terminated", march(5), march(3))


async def test_no_name_and_no_talk_between_bodies_gets_into_it(platform: Platform) -> None:
    complaint = await told(platform)
    await done(platform, complaint, ACCEPT, START, END, REFER)
    tracking = platform.views.tracking
    held = ""
    for table in Tracking.tables:
        held += str(await tracking.rows(f"select * from {{{table}}}"))
    for hidden in ("赵敏", "陈小姐", "13800001234", "1234'", "充电器着火", "充电器没有认证", WHY):
        assert hidden not in held
