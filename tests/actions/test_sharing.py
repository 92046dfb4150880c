"""Parts in a case and its restriction: the same for every kind of case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from events import sharing as s
from events.complaints import (
    ClueReferred,
    ComplaintRegistered,
    ComplaintTransferred,
)
from events.enforcement import DirectiveDelivered, FollowUpOpened
from events.event import Acting, Event, Personal, system
from events.evidence import StatementAdded
from events.pledges import PledgeSigned
from events.reports import ReportRegistered
from services import access, records
from services.actions import sharing as a
from services.actions.complaints import Complaint
from services.actions.enforcement import FollowUp
from services.actions.evidence.adding import AddEvidence, add
from services.actions.kinds import KINDS
from services.actions.member_pledges import MemberPledge
from services.actions.refused import AlreadyDecided, NotAllowed, NotFound
from services.actions.reports import Report
from services.actions.sharing import answering, offering, restricting
from tests import people as p
from tests.given import Given, given
from tests.opening import SUBJECT

DAY = date(2026, 11, 2)
WHO = Personal(subject=SUBJECT, fields={"name": "陈小姐"})
#: Kind of case -> how it begins, and who is in charge of it.
BEGUN: dict[type[Any], tuple[Event, Acting]] = {
    Complaint: (
        ComplaintRegistered(
            by=p.CONSUMER, occurred_on=DAY, number="GZ-2026-000001-C", handler=p.COUNCIL,
            enterprise=p.MINHAI, complainant=WHO, told=WHO,
        ),
        p.ZHAO,
    ),
    FollowUp: (
        FollowUpOpened(
            by=p.LI, occurred_on=DAY, number="GZ-2026-000001-F", enterprise=p.MINHAI,
            regulator=p.GULOU, source="own", matter="充电器起火",
        ),
        p.LI,
    ),
    Report: (
        ReportRegistered(
            by=p.CONSUMER, occurred_on=DAY, number="JB-2026-000001-X", informant=SUBJECT,
            informant_number=7, anonymous=False, handler=p.GULOU, respondent="闽海充电器", told=WHO,
        ),
        p.LI,
    ),
    MemberPledge: (
        PledgeSigned(
            by=p.CHEN, occurred_on=DAY, number="GZ-2026-000001-P", pledge="x", title="安全承诺",
            association=p.ASSOCIATION, enterprise=p.MINHAI, period_from=DAY, period_to=DAY,
        ),
        p.CHEN,
    ),
}  # fmt: skip
#: Who has nothing to do with any of these.
OUTSIDER = p.acting("何洁", p.party("连江县市场监管局", "regulator", 60), "clerk", n=160)
WHY = "需要了解进展"
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def test_every_kind_of_case_is_begun_here() -> None:
    assert set(BEGUN) == set(KINDS.values())


def on(kind: Callable[..., Any], by: Acting, **fields: Any) -> Any:
    return kind(by=by, occurred_on=DAY, kind="complaint", record=SUBJECT, **fields)


def about(kind: type[Any]) -> dict[str, str]:
    return {"case": kind.CASE, "number": BEGUN[kind][0].number}  # type: ignore[attr-defined]


def accept(by: Acting = OUTSIDER, relation: str = "reader") -> Any:
    return on(a.AcceptRelation, by, relation=relation)


def offered(kind: type[Any], relation: str = "reader", to: Acting = OUTSIDER) -> Event:
    by = BEGUN[kind][1]
    return s.RelationOffered(by=by, to=to.party, relation=relation, **about(kind))


def accepted(kind: type[Any], relation: str = "reader", by: Acting = OUTSIDER) -> Event:
    return s.RelationAccepted(by=by, relation=relation, **about(kind))


def restricted(kind: type[Any]) -> Event:
    return s.CaseRestricted(by=BEGUN[kind][1], reason=WHY, **about(kind))


def case(kind: type[Any], *further: Event) -> Given[Any]:
    return given(kind, BEGUN[kind][0], *further)


def with_part(kind: type[Any], relation: str = "reader", *further: Event) -> Given[Any]:
    return case(kind, offered(kind, relation), accepted(kind, relation), *further)


@every_kind
def test_a_part_is_offered_and_binds_when_accepted(kind: type[Any]) -> None:
    owner = BEGUN[kind][1]
    offer = on(a.OfferRelation, owner, to=OUTSIDER.party, relation="reader", message="请协助")
    case(kind).when(offering.offer, offer).then(s.RelationOffered, message="请协助")
    assert case(kind, offered(kind)).record.relation(OUTSIDER) == "offered"
    step = case(kind, offered(kind)).when(answering.accept, accept())
    step.then(s.RelationAccepted, relation="reader", was="")
    assert step.record.relation(OUTSIDER) == "reader"
    assert records.may_see(OUTSIDER, step.record)


@every_kind
def test_a_part_is_declined_with_a_reason_given_up_and_withdrawn(kind: type[Any]) -> None:
    decline = on(a.DeclineRelation, OUTSIDER, reason=WHY)
    step = case(kind, offered(kind)).when(answering.decline, decline)
    step.then(s.RelationDeclined, reason=WHY)
    assert step.record.relation(OUTSIDER) == "none"
    leave = on(a.GiveUpRelation, OUTSIDER, reason=WHY)
    with_part(kind).when(answering.give_up, leave).then(s.RelationGivenUp)
    take = on(a.WithdrawRelation, BEGUN[kind][1], party=OUTSIDER.party.id, reason=WHY)
    step = with_part(kind).when(offering.withdraw, take)
    step.then(s.RelationWithdrawn, relation="reader")
    assert step.record.relation(OUTSIDER) == "none"
    case(kind, offered(kind)).when(offering.withdraw, take).then(s.RelationWithdrawn)


@every_kind
def test_only_who_is_in_charge_offers_and_only_who_is_asked_answers(kind: type[Any]) -> None:
    offer = on(a.OfferRelation, OUTSIDER, to=p.OTHER_COUNCIL, relation="reader")
    assert isinstance(case(kind).when(offering.offer, offer).refusal, NotAllowed)
    refusal = case(kind, offered(kind)).when(answering.accept, accept(p.WANG)).refusal
    assert isinstance(refusal, NotAllowed)
    step = with_part(kind).when(answering.accept, accept())
    assert isinstance(step.refusal, AlreadyDecided)


@pytest.mark.parametrize(
    ("to", "part"),
    [
        (p.COUNCIL, "不能请"),  # itself
        (p.MINHAI, "不能请"),
        (OUTSIDER.party, "已经是：查阅方"),
        (p.JINAN, "本来就与这件记录有关"),
    ],
)
def test_what_cannot_be_offered(to: Any, part: str) -> None:
    clue = referred()
    offer = on(a.OfferRelation, p.ZHAO, to=to, relation="contributor")
    with_part(Complaint, "reader", clue).when(offering.offer, offer).refused(part, "to")


def referred() -> Event:
    return ClueReferred(by=p.ZHAO, number="GZ-2026-000001-C", to=p.JINAN, reason=WHY)


def test_a_higher_level_waits_for_acceptance_and_a_lower_one_does_not() -> None:
    raise_ = on(
        a.ChangeLevel, p.ZHAO, party=OUTSIDER.party.id, was="reader", relation="contributor",
        with_message="yes", message="请补充检验结果",
    )  # fmt: skip
    step = with_part(Complaint).when(offering.level, raise_)
    step.then(s.RelationRaiseOffered, was="reader", message="请补充检验结果")
    assert step.record.relation(OUTSIDER) == "reader"
    assert step.record.offer_to(OUTSIDER) == "contributor"
    step.record.new = []
    step.when(answering.accept, accept()).refused("改了邀请")
    step.refusal = None
    step.when(answering.accept, accept(relation="contributor")).then(s.RelationAccepted)
    assert "查阅方 → 参与方" in step.record.new[0].said().zh
    lower = raise_.model_copy(update={"was": "contributor", "relation": "reader"})
    step.record.new = []
    step.when(offering.level, lower).then(s.RelationLowered)
    assert step.record.relation(OUTSIDER) == "reader"


def test_a_change_without_change_has_two_errors_and_a_message_is_asked_for() -> None:
    known = {"party": OUTSIDER.party.id, "was": "reader"}
    with pytest.raises(ValidationError) as wrong:
        on(a.ChangeLevel, p.ZHAO, relation="reader", with_message="", **known)
    assert [e["loc"] for e in wrong.value.errors()] == [("relation",), ("with_message",)]
    with pytest.raises(ValidationError) as wrong:
        on(a.ChangeLevel, p.ZHAO, relation="contributor", with_message="yes", **known)
    assert [e["loc"] for e in wrong.value.errors()] == [("message",)]


@pytest.mark.parametrize("to", [p.COUNCIL, p.ASSOCIATION, p.MINHAI])
def test_nobody_but_regulators_has_a_part_in_a_report(to: Any) -> None:
    offer = on(a.OfferRelation, p.LI, to=to, relation="reader")
    case(Report).when(offering.offer, offer).refused("不能请", "to")
    give = on(a.PrescribeRelation, system("risk-desk"), to=to, relation="reader", reason=WHY)
    case(Report).when(offering.prescribe, give).refused("不能请", "to")
    for by in (p.ZHAO, p.CHEN, p.CONTACT, p.WANG):
        assert not records.may_see(by, case(Report).record)


def test_whatever_is_said_in_a_report_stands_in_the_lists_of_who_handles_it_alone() -> None:
    offer = on(a.OfferRelation, p.LI, to=OUTSIDER.party, relation="reader")
    case(Report).when(offering.offer, offer).then(s.RelationOffered, only_for=p.GULOU.id)
    say = on(AddEvidence, p.LI, note="现场照片另附")
    case(Report).when(add, say).then(StatementAdded, only_for=p.GULOU.id, enterprise=None)
    case(Complaint).when(add, on(AddEvidence, p.ZHAO, note="补充")).then(
        StatementAdded, only_for=""
    )


@every_kind
def test_a_contributor_states_and_a_reader_does_not(kind: type[Any]) -> None:
    say = on(AddEvidence, OUTSIDER, note="检验结果为不合格")
    with_part(kind, "contributor").when(add, say).then(StatementAdded)
    refusal = with_part(kind, "reader").when(add, say).refusal
    assert isinstance(refusal, NotAllowed)


@every_kind
def test_a_restricted_case_is_there_for_who_has_a_part_only(kind: type[Any]) -> None:
    owner = BEGUN[kind][1]
    hide = on(a.RestrictCase, owner, reason=WHY)
    record = case(kind).when(restricting.restrict, hide).record
    assert record.restricted
    assert records.may_see(owner, record)
    assert not records.may_see(OUTSIDER, record)
    assert not records.may_see(p.WANG, record), "another regulator"
    assert not records.may_see(p.AUDITOR, record)
    for relation in ("contributor", "reader"):
        assert records.may_see(OUTSIDER, with_part(kind, relation, restricted(kind)).record)
    waiting = case(kind, offered(kind), restricted(kind))
    assert not records.may_see(OUTSIDER, waiting.record)
    waiting.when(answering.accept, accept()).then(s.RelationAccepted)


@every_kind
def test_a_restricted_case_refuses_outsiders_in_the_words_of_what_is_not_there(
    kind: type[Any],
) -> None:
    say = on(AddEvidence, p.WANG, note="检验结果为不合格")
    refusal = case(kind, restricted(kind)).when(add, say).refusal
    assert isinstance(refusal, NotFound)
    assert refusal.words == access.NOT_THERE


@every_kind
def test_a_restriction_is_lifted_by_a_head(kind: type[Any]) -> None:
    owner = BEGUN[kind][1]
    lift = on(a.LiftRestriction, owner, reason=WHY)
    assert isinstance(case(kind, restricted(kind)).when(restricting.lift, lift).refusal, NotAllowed)
    head = p.acting("负责人", owner.party, "head")
    lift = on(a.LiftRestriction, head, reason=WHY)
    case(kind, restricted(kind)).when(restricting.lift, lift).then(s.RestrictionLifted)
    step = case(kind).when(restricting.lift, lift)
    assert isinstance(step.refusal, AlreadyDecided)


def test_the_subject_of_a_restricted_follow_up_and_the_member_of_a_pledge() -> None:
    delivered = DirectiveDelivered(
        by=p.LI, number="GZ-2026-000001-F", enterprise=p.MINHAI, regulator=p.GULOU,
        directive="rectification", how="当面", due=DAY,
    )  # fmt: skip
    assert not records.may_see(p.CONTACT, case(FollowUp).record), "nothing has reached it"
    assert records.may_see(p.CONTACT, case(FollowUp, delivered).record)
    hidden = case(FollowUp, delivered, restricted(FollowUp)).record
    assert not records.may_see(p.CONTACT, hidden)
    assert records.may_see(p.CONTACT, case(MemberPledge, restricted(MemberPledge)).record)


def test_a_transferred_case_leaves_its_first_owner_with_nothing() -> None:
    moved = ComplaintTransferred(by=p.ZHAO, number="GZ-2026-000001-C", to=p.OTHER_COUNCIL)
    further = (accepted(Complaint, by=p.QIAN), restricted(Complaint), moved)
    record = case(Complaint, offered(Complaint, to=p.QIAN), *further).record
    assert not records.may_see(p.ZHAO, record)
    assert records.may_see(p.QIAN, record)
    assert record.relation(p.QIAN) == "handler"


@every_kind
def test_a_rule_gives_a_part_that_need_not_be_accepted(kind: type[Any]) -> None:
    rule = system("risk-desk")
    give = on(a.PrescribeRelation, rule, to=OUTSIDER.party, relation="contributor", reason=WHY)
    step = case(kind).when(offering.prescribe, give)
    step.then(s.RelationPrescribed, relation="contributor", was="")
    assert step.record.relation(OUTSIDER) == "contributor"
    again = with_part(kind, "contributor").when(offering.prescribe, give).refusal
    assert isinstance(again, AlreadyDecided)
    by_hand = give.model_copy(update={"by": BEGUN[kind][1]})
    assert isinstance(case(kind).when(offering.prescribe, by_hand).refusal, NotAllowed)


def test_what_nobody_wrote_into_the_table_is_not_seen() -> None:
    class Unheard(Complaint):
        """A kind of case without a right to see it."""

    assert not records.may_see(p.ZHAO, given(Unheard, BEGUN[Complaint][0]).record)


def test_what_stands_in_an_enterprise_s_file_is_not_restricted() -> None:
    opened = FollowUpOpened(
        by=p.LI, occurred_on=DAY, number="GZ-2026-000001-F", enterprise=p.MINHAI,
        regulator=p.GULOU, source="check", problem="x", matter="充电器起火",
    )  # fmt: skip
    hide = on(a.RestrictCase, p.LI, reason=WHY)
    given(FollowUp, opened).when(restricting.restrict, hide).refused("企业档案")
