"""Who is in charge: claimed, assigned, returned, offered, taken over; and who may do which."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from events.assigning import (
    HandOverAccepted,
    HandOverDeclined,
    HandOverOffered,
    HandOverWithdrawn,
    Officer,
    RecordAssigned,
    RecordClaimed,
    RecordMoved,
    RecordPooled,
    RecordReturned,
)
from events.complaints import ComplaintAccepted, ComplaintRegistered
from events.enforcement import FollowUpOpened
from events.event import Acting, Personal, system, today
from events.ids import new_id
from services.actions import assigning as a
from services.actions import enforcement as e
from services.actions import hand_over as h
from services.actions.complaints import AcceptComplaint, Complaint
from services.actions.complaints.deciding import accept
from services.actions.enforcement.directive import issue
from services.actions.enforcement.follow_up import FollowUp
from services.records import may_see
from tests.given import given
from tests.opening import SUBJECT
from tests.people import (
    ASSOCIATION,
    COUNCIL,
    GULOU,
    JINAN,
    LI,
    MINHAI,
    QIAN,
    WANG,
    WU,
    acting,
)  # fmt: skip

ABOUT: dict[str, Any] = {"number": "GZ-2026-000001-C", "enterprise": MINHAI}
OF: dict[str, Any] = {"case": "complaint", **ABOUT}
WHO = Personal(subject=SUBJECT, fields={"name": "陈小姐"})
REGISTERED = ComplaintRegistered(by=LI, handler=GULOU, complainant=WHO, told=WHO, **ABOUT)
ACCEPTED = ComplaintAccepted(by=LI, **ABOUT)
CLAIMED = RecordClaimed(by=LI, **OF)
TO_JINAN = HandOverOffered(by=LI, giver=GULOU, to=JINAN, reason="属于晋安区管辖", **OF)
_WU = Officer(person=WU.person, name=WU.name)
TO_WU = HandOverOffered(by=LI, giver=GULOU, to=GULOU, officer=_WU, reason="熟悉情况", **OF)
TAKEN = HandOverAccepted(by=WANG, giver=GULOU, to=JINAN, anew=True, **OF)
SUN = acting("孙悦", GULOU, "clerk", n=140)
RULE = system("vacate")


def on(kind: Any, by: Acting = LI, **fields: Any) -> Any:
    return kind(by=by, kind="complaint", record=new_id(), **fields)


def test_a_record_in_the_pool_is_claimed_once() -> None:
    given(Complaint, REGISTERED).when(a.claim, on(a.ClaimRecord)).then(RecordClaimed)
    again = on(a.ClaimRecord, WU)
    given(Complaint, REGISTERED, CLAIMED).when(a.claim, again).refused("李强 已经在承办")


def test_the_head_assigns_and_nobody_else() -> None:
    to_wu = on(a.AssignRecord, WU, officer=_WU)
    given(Complaint, REGISTERED, CLAIMED).when(a.put_in_charge, to_wu).then(RecordAssigned)
    by_clerk = on(a.AssignRecord, LI, officer=_WU)
    given(Complaint, REGISTERED).when(a.put_in_charge, by_clerk).refused("不能对这条记录")
    there = RecordAssigned(by=WU, officer=_WU, **OF)
    given(Complaint, REGISTERED, there).when(a.put_in_charge, to_wu).refused("已经是承办人")


def test_who_is_in_charge_or_the_head_returns_it_to_the_pool() -> None:
    reason = "下月起休假，请同事接手"
    for by in (LI, WU):
        back = on(a.ReturnRecord, by, reason=reason)
        given(Complaint, REGISTERED, CLAIMED).when(a.give_back, back).then(RecordReturned)
    back = on(a.ReturnRecord, SUN, reason=reason)
    given(Complaint, REGISTERED, CLAIMED).when(a.give_back, back).refused("只有本人或者负责人")
    given(Complaint, REGISTERED).when(a.give_back, back).refused("没有承办人")


def test_nobody_of_another_unit_takes_charge() -> None:
    for by in (WANG, QIAN):
        given(Complaint, REGISTERED).when(a.claim, on(a.ClaimRecord, by)).refused("不能对这条")


def test_an_offer_needs_somebody_a_reason_and_no_other_offer() -> None:
    with pytest.raises(ValidationError, match="请选择承办人"):
        on(h.OfferHandOver, reason="属于晋安区管辖")
    with pytest.raises(ValidationError):
        on(h.OfferHandOver, to=JINAN, reason="短")
    to_jinan = on(h.OfferHandOver, to=JINAN, reason="属于晋安区管辖")
    given(Complaint, REGISTERED, CLAIMED).when(h.offer, to_jinan).then(HandOverOffered, giver=GULOU)
    given(Complaint, REGISTERED, CLAIMED, TO_WU).when(h.offer, to_jinan).refused("还在等答复", "to")
    other = on(h.OfferHandOver, to=ASSOCIATION, reason="属于晋安区管辖")
    given(Complaint, REGISTERED).when(h.offer, other).refused("不能承办", "to")
    itself = on(h.OfferHandOver, to=GULOU, reason="属于晋安区管辖")
    given(Complaint, REGISTERED).when(h.offer, itself).refused("请选择承办人", "to")


def test_a_colleague_of_who_is_in_charge_gives_nothing_away() -> None:
    by_sun = on(h.OfferHandOver, SUN, to=JINAN, reason="属于晋安区管辖")
    given(Complaint, REGISTERED, CLAIMED).when(h.offer, by_sun).refused("只有本人或者负责人")
    given(Complaint, REGISTERED).when(h.offer, by_sun).then(HandOverOffered)
    back = on(h.WithdrawHandOver, SUN)
    given(Complaint, REGISTERED, CLAIMED, TO_JINAN).when(h.withdraw, back).refused("只有本人")


def test_until_it_is_accepted_all_stays_as_it_is() -> None:
    offered = (REGISTERED, CLAIMED, TO_JINAN)
    step = AcceptComplaint(by=LI, complaint=new_id())
    given(Complaint, *offered).when(accept, step).then(ComplaintAccepted)
    early = AcceptComplaint(by=WANG, complaint=new_id())
    given(Complaint, *offered).when(accept, early).refused("不能对这条记录")
    assert may_see(WANG, given(Complaint, *offered).record), "who is asked reads what it is about"


def test_accepted_it_is_the_other_units_and_the_former_only_reads() -> None:
    taken = given(Complaint, REGISTERED, ACCEPTED, CLAIMED, TO_JINAN)
    taken.when(h.accept, on(h.AcceptHandOver, WANG)).then(HandOverAccepted, anew=True, to=JINAN)
    record = taken.record
    assert (record.state, record.handler, record.relation(LI)) == ("received", JINAN.id, "former")
    assert record.officer == Officer(person=WANG.person, name=WANG.name)
    assert may_see(LI, record)
    for kind, rule, typed in (
        (a.ClaimRecord, a.claim, {}),
        (h.OfferHandOver, h.offer, {"to": COUNCIL, "reason": "属于晋安区管辖"}),
    ):
        given(Complaint, REGISTERED, TO_JINAN, TAKEN).when(rule, on(kind, LI, **typed)).refused(
            "不能对这条记录"
        )


def test_only_who_was_asked_answers() -> None:
    for by, said in ((WU, "由其答复"), (QIAN, "不能对这条记录")):
        yes = on(h.AcceptHandOver, by)
        given(Complaint, REGISTERED, TO_JINAN).when(h.accept, yes).refused(said)
    given(Complaint, REGISTERED, TO_WU).when(h.accept, on(h.AcceptHandOver, SUN)).refused("吴芳")
    taken = given(Complaint, REGISTERED, ACCEPTED, TO_WU).when(h.accept, on(h.AcceptHandOver, WU))
    taken.then(HandOverAccepted, anew=False, officer=_WU)
    assert taken.record.state == "accepted"


def test_it_is_declined_with_a_reason_or_withdrawn_and_stays() -> None:
    no = on(h.DeclineHandOver, WANG, reason="经营者不在本区")
    declined = given(Complaint, REGISTERED, CLAIMED, TO_JINAN).when(h.decline, no)
    declined.then(HandOverDeclined, reason="经营者不在本区")
    assert declined.record.relation(WANG) == "none"
    assert declined.record.officer == Officer(person=LI.person, name=LI.name)
    back = on(h.WithdrawHandOver)
    given(Complaint, REGISTERED, CLAIMED, TO_JINAN).when(h.withdraw, back).then(HandOverWithdrawn)
    given(Complaint, REGISTERED, CLAIMED).when(h.withdraw, back).refused("没有等待答复的移交")
    gone = (REGISTERED, TO_JINAN, HandOverWithdrawn(by=LI, giver=GULOU, to=JINAN, **OF))
    given(Complaint, *gone).when(h.accept, on(h.AcceptHandOver, WANG)).refused("不能对这条记录")


def test_the_rule_returns_what_somebody_left_and_only_hers() -> None:
    left = on(a.PoolRecord, RULE, former=LI.person, why="disabled")
    pooled = given(Complaint, REGISTERED, CLAIMED).when(a.pool, left)
    pooled.then(RecordPooled, unit=GULOU)
    assert "由系统转入“福州市鼓楼区市场监督管理局”待领" in pooled.record.new[0].said().zh
    assert "原承办人 李强 停用" in pooled.record.new[0].said().zh
    given(Complaint, REGISTERED).when(a.pool, left).refused("待领")
    by_clerk = on(a.PoolRecord, WU, former=LI.person, why="disabled")
    given(Complaint, REGISTERED, CLAIMED).when(a.pool, by_clerk).refused("不能对这条记录")


def test_a_merger_moves_it_without_deciding_anew() -> None:
    moves = on(h.MoveRecord, system("merge"), giver=GULOU.id, to=JINAN)
    moved = given(Complaint, REGISTERED, ACCEPTED, CLAIMED).when(h.move, moves)
    moved.then(RecordMoved, giver=GULOU, to=JINAN)
    assert (moved.record.state, moved.record.officer) == ("accepted", None)
    assert moved.record.relation(LI) == "former"


def test_a_follow_up_goes_to_regulators_only_and_speaks_for_the_new_one() -> None:
    opened = FollowUpOpened(
        by=LI, number="JD-2026-000001-X", enterprise=MINHAI, regulator=GULOU, source="referral",
        matter="充电器没有认证", complaint="c-1", raised_by=COUNCIL,
    )  # fmt: skip
    to = {"kind": "follow-up", "record": new_id(), "reason": "属于晋安区管辖"}
    no = h.OfferHandOver(by=LI, to=COUNCIL, **to)
    given(FollowUp, opened).when(h.offer, no).refused("不能承办跟进", "to")
    offered = given(FollowUp, opened).when(h.offer, h.OfferHandOver(by=LI, to=JINAN, **to))
    offered.then(HandOverOffered, complaint="c-1")
    offered.record.new = []
    record = offered.when(h.accept, on(h.AcceptHandOver, WANG)).record
    assert (record.relation(WANG), record.relation(LI)) == ("regulator", "former")
    record.new = []
    order = e.IssueDirective(
        by=WANG, follow_up=new_id(), directive="talk", demands="说明情况并整改",
        basis="产品质量法第四十九条", due=today() + timedelta(days=1),
    )  # fmt: skip
    offered.when(issue, order)
    assert offered.record.new[0].regulator == JINAN  # type: ignore[attr-defined]
