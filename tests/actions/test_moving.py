"""Moving: what a merged unit had in the cases of others goes to its successor (policy `merge`)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from events import sharing as s
from events.complaints import (
    ClueMoved,
    EntrustmentMoved,
    MediationEntrusted,
    ReferralReturned,
)
from events.event import system
from services import records
from services.actions import complaints as c
from services.actions import sharing as a
from services.actions.complaints import Complaint, entrusting, referral
from services.actions.sharing import answering, moving
from tests import people as p
from tests.actions.test_sharing import (
    BEGUN,
    OUTSIDER,
    about,
    accept,
    accepted,
    case,
    every_kind,
    offered,
    on,
    restricted,
    with_part,
)
from tests.opening import SUBJECT

ID = UUID(SUBJECT)
MERGED = OUTSIDER.party
#: A regulator that has nothing to do with any of these, and goes on with the other's work.
HEIR = p.acting("周敏", p.party("罗源县市场监管局", "regulator", 61), "clerk", n=161)


def moves(**asked: Any) -> Any:
    return on(a.MoveRelation, system("merge"), **{"giver": MERGED.id, "to": HEIR.party} | asked)


@every_kind
def test_a_part_goes_to_the_successor_hidden_or_not(kind: type[Any]) -> None:
    step = with_part(kind, "contributor", restricted(kind)).when(moving.move, moves())
    step.then(s.RelationMoved, relation="contributor", offered="", was="contributor", giver=MERGED)
    assert (step.record.relation(HEIR), step.record.relation(OUTSIDER)) == ("contributor", "none")
    assert records.may_see(HEIR, step.record)
    assert not records.may_see(OUTSIDER, step.record)
    assert f"在 {about(kind)['number']} 中的参与方身份转给" in step.record.new[0].said().zh
    with_part(kind).when(moving.move, moves(giver=HEIR.party.id)).refused("没有加入")


@every_kind
def test_an_offer_goes_along_and_the_successor_answers_it(kind: type[Any]) -> None:
    step = case(kind, offered(kind)).when(moving.move, moves())
    step.then(s.RelationMoved, relation="", offered="reader", let_by=BEGUN[kind][1])
    assert "（待答复）" in step.record.new[0].said().zh
    assert step.record.relation(HEIR) == "offered"
    answering.accept(step.record, accept(HEIR))
    assert step.record.relation(HEIR) == "reader"


def test_of_two_parts_the_higher_stays_and_no_offer_of_less() -> None:
    has = (offered(Complaint, "contributor", HEIR), accepted(Complaint, "contributor", HEIR))
    step = with_part(Complaint, "reader", *has).when(moving.move, moves())
    step.then(s.RelationMoved, relation="contributor", was="reader")
    waits = case(Complaint, *has, offered(Complaint)).when(moving.move, moves())
    waits.then(s.RelationMoved, relation="contributor", offered="")
    raised = (offered(Complaint, "reader", HEIR), accepted(Complaint, "reader", HEIR))
    more = case(Complaint, *raised, offered(Complaint, "contributor")).when(moving.move, moves())
    more.then(s.RelationMoved, relation="reader", offered="contributor")


@pytest.mark.parametrize("heir", [p.COUNCIL, p.GULOU])
def test_whose_case_it_is_anyway_gets_no_part_beside(heir: Any) -> None:
    """The body in charge, and the regulator that has the clue."""
    clue = c.ReferClue(by=p.ZHAO, complaint=ID, to=p.GULOU, reason="没有 3C 标志")
    step = case(Complaint, offered(Complaint), accepted(Complaint), (referral.refer, clue))
    step.when(moving.move, moves(to=heir)).then(s.RelationMoved, relation="", offered="")
    assert "本来就与该记录有关" in step.record.new[0].said().zh
    assert step.record.parts == {}


def test_a_clue_goes_to_the_successor_which_may_return_it() -> None:
    clue = c.ReferClue(by=p.ZHAO, complaint=ID, to=MERGED, reason="没有 3C 标志")
    moved = c.MoveClue(by=system("merge"), complaint=ID, giver=MERGED, to=HEIR.party)
    step = case(Complaint, (referral.refer, clue)).when(referral.move, moved)
    step.then(ClueMoved, giver=MERGED, to=HEIR.party, number=about(Complaint)["number"])
    record = step.record
    assert (record.relation(HEIR), record.relation(OUTSIDER)) == ("referred", "none")
    assert records.may_see(HEIR, record)
    step.when(referral.move, moved)
    assert "线索不在该单位" in str(step.refusal)
    back = c.ReturnReferral(by=HEIR, complaint=ID, reason="不属于本局管辖")
    referral.give_back(record, back)
    assert isinstance(record.new[-1], ReferralReturned)
    assert record.new[-1].council == p.COUNCIL


@every_kind
def test_nobody_but_the_rule_moves_anything(kind: type[Any]) -> None:
    for by in (BEGUN[kind][1], OUTSIDER, HEIR, p.ADMIN):
        command = on(a.MoveRelation, by, giver=MERGED.id, to=HEIR.party)
        with_part(kind).when(moving.move, command).refused("不能对这条记录")


def test_an_entrusted_mediation_goes_on_at_the_successor() -> None:
    """In the name of the same regulator; the merged council has nothing to do with it any more."""
    entrusted = MediationEntrusted(
        by=p.LI, number=about(Complaint)["number"], to=p.COUNCIL, principal=p.GULOU
    )
    found = case(Complaint, entrusted)
    moved = c.MoveEntrustment(by=system("merge"), complaint=ID, giver=p.COUNCIL, to=p.OTHER_COUNCIL)
    step = found.when(entrusting.move, moved)
    step.then(EntrustmentMoved, giver=p.COUNCIL, to=p.OTHER_COUNCIL)
    assert step.record.mediator == p.OTHER_COUNCIL
    assert step.record.principal == p.GULOU
    assert step.record.relation(p.QIAN) == "mediator"
    step.when(entrusting.move, moved)
    assert "没有受托调解" in str(step.refusal)
