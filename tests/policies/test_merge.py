"""merge: what a merged unit had goes on at its successor, and nobody acts for it any more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.assigning import HandOverDeclined, RecordMoved
from events.complaints import ClueMoved
from events.event import Acting, PartyRef, today
from events.parties import UnitMerged
from events.sharing import RelationMoved
from services.actions import complaints as c
from services.actions import enquiries as q
from services.actions import hand_over as h
from services.actions import instruments as i
from services.actions import merging as m
from services.actions import parties as p
from services.actions import people
from services.actions import sharing as s
from services.actions.refused import NotAllowed, NotFound, Refused
from services.audience import periods
from services.platform import Platform
from services.policies.merge import merging
from services.records import mergers, seen_by
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import ADMIN, COUNCIL, SECURITY, ZHAO
from tests.policies.test_vacate import a_case, an_officer

pytestmark = pytest.mark.postgres
WHY = "机构改革，职责划入该局"


@pytest.fixture
async def platform(database: Dsns) -> AsyncIterator[Platform]:
    """A platform whose worker runs when the test says so."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        yield opened


async def a_regulator(platform: Platform, division: str, name: str) -> PartyRef:
    enters = p.EstablishRegulator(by=ADMIN, name=name, level="county", division=division)
    await platform.perform(p.establish_regulator, enters)
    return enters.ref


async def test_its_work_its_people_and_its_place_go_to_the_successor(platform: Platform) -> None:
    a = await a_regulator(platform, "350102", "鼓楼区市场监督管理局")
    b = await a_regulator(platform, "350111", "晋安区市场监督管理局")
    wu = await an_officer(platform, "wu.fang", "武芳", b)
    li = await an_officer(platform, "li.qiang", "李强", a)
    cases = [await a_case(platform, wu, kind) for kind in ("complaint", "follow-up")]
    alis = await a_case(platform, li, "complaint")
    offered: dict[str, Any] = {"kind": "complaint", "record": alis, "reason": WHY}
    await platform.perform(h.offer_hand_over, h.OfferHandOver(by=li, to=b, **offered))
    await platform.catch_up()
    directory, held = platform.views.directory, platform.views.roles_held
    assert await directory.roles(wu.person)

    merges = m.MergeUnit(by=ADMIN, party=UUID(b.id), into=a, reason=WHY)
    await platform.perform(m.merge_unit, merges)
    await platform.catch_up()
    for id in cases:
        last = (await platform.log.load(id))[-1].event
        assert isinstance(last, RecordMoved)
        assert "由系统转入“鼓楼区市场监督管理局”待领" in last.said().zh
    assert isinstance((await platform.log.load(alis))[-1].event, HandOverDeclined)
    pool = await platform.views.complaints.handled_by(a.id, officer="pool")
    assert [row["id"] for row in pool.rows] == [cases[0]]
    assert await directory.roles(wu.person) == [], "nobody signs in for it"
    assert {row["id"] for row in await directory.regulators()} == {a.id}
    assert (await directory.regulator_for("350111") or {})["id"] == a.id
    await nobody_chooses_it(platform, a, b, li, wu, alis)
    entries = await platform.views.trail.of_record(str(cases[0]))
    assert any("晋安区市场监督管理局 武芳 承办投诉" in row["zh"] for row in entries)
    now = await held.on(today(), party=b.id)
    assert now.total == 0
    rows = await held.of_person(wu.person)
    assert [(row["party_name"], row["current"]) for row in rows] == [(b.name, False)]


async def nobody_chooses_it(
    platform: Platform, a: PartyRef, b: PartyRef, li: Acting, wu: Acting, case: UUID
) -> None:
    """Neither for a case nor for a person, nor to be merged into."""
    offered: dict[str, Any] = {"kind": "complaint", "record": case, "reason": WHY}
    for step in (
        h.OfferHandOver(by=li, to=b, **offered),
        m.MergeUnit(by=ADMIN, party=UUID(a.id), into=b, reason=WHY),
    ):
        action: Any = h.offer_hand_over if isinstance(step, h.OfferHandOver) else m.merge_unit
        with pytest.raises(Refused, match="已经合并"):
            await platform.perform(action, step)
    with pytest.raises(Refused, match="已经合并"):
        await an_officer(platform, "he.ping", "何平", b)
    takes = h.AcceptHandOver(by=wu, kind="complaint", record=case)
    with pytest.raises(NotAllowed):
        await platform.perform(h.accept_hand_over, takes)


async def test_who_held_which_role_on_a_day_under_the_name_of_that_day(platform: Platform) -> None:
    a = await a_regulator(platform, "350102", "鼓楼区市场监督管理局")
    day = date(2025, 3, 1)
    enrols = people.EnrolPerson(
        by=SECURITY, occurred_on=day, name="武芳", sign_in="wu.fang", role="clerk", party=a
    )
    await platform.perform(people.enrol_person, enrols)
    renames = p.RenameParty(
        by=ADMIN, party=UUID(a.id), name="鼓楼市场监管局", reason="统一名称使用"
    )
    await platform.perform(p.rename_party, renames)
    gone = people.WithdrawRole(
        by=SECURITY,
        occurred_on=date(2025, 9, 1),
        person=enrols.person,
        party=a,
        reason="调往外地工作",
    )
    await platform.perform(people.withdraw_role, gone)
    await platform.catch_up()
    held = platform.views.roles_held
    for on, total in ((day - timedelta(days=1), 0), (day, 1), (date(2025, 8, 31), 1),
                      (date(2025, 9, 1), 0)):  # fmt: skip
        assert (await held.on(on, party=a.id, role="clerk")).total == total, on
    (row,) = (await held.on(day)).rows
    assert (row["person_name"], row["party_name"], row["why"]) == (
        "武芳", "鼓楼区市场监督管理局", "调往外地工作",
    )  # fmt: skip
    assert (await platform.views.directory.party(a.id) or {})["name"] == "鼓楼市场监管局"


async def test_what_it_had_in_the_cases_of_others_goes_along(platform: Platform) -> None:
    """A clue with its debt, a part, an offer; twice is once; the history keeps its name."""
    a = await a_regulator(platform, "350102", "鼓楼区市场监督管理局")
    b = await a_regulator(platform, "350111", "晋安区市场监督管理局")
    wu = await an_officer(platform, "wu.fang", "武芳", b)
    head = Acting(person=ZHAO.person, name="赵敏", party=COUNCIL, role="head")
    clue, part, offer, closed = [await a_case(platform, head, "complaint") for _ in range(4)]
    refers = c.ReferClue(by=head, complaint=clue, to=b, reason="没有 3C 标志")
    await platform.perform(c.refer_clue, refers)
    for record in (part, offer):
        offered = s.OfferRelation(by=head, kind="complaint", record=record, to=b, relation="reader")
        await platform.perform(s.offer_relation, offered)
    accepts = s.AcceptRelation(by=wu, kind="complaint", record=part, relation="reader")
    await platform.perform(s.accept_relation, accepts)
    await platform.catch_up()
    before = await platform.views.obligations.of_record(str(clue))
    li = await an_officer(platform, "li.qiang", "李强", a)
    assert not [row for row in before if row["debtor"] == a.id]

    merges = m.MergeUnit(by=ADMIN, party=UUID(b.id), into=a, reason=WHY)
    await platform.perform(m.merge_unit, merges)
    await platform.catch_up()
    views = platform.views
    (answer,) = [r for r in await views.obligations.of_record(str(clue)) if r["what"] == "answer"]
    assert (answer["debtor_name"], answer["open"]) == (a.name, True)
    (was,) = [row for row in before if row["what"] == "answer"]
    assert (answer["since"], answer["until"]) == (was["since"], was["until"]), "time runs on"
    assert [row["id"] for row in (await views.complaints.referred_to(a.id)).rows] == [clue]
    assert (await views.complaints.referred_to(b.id)).total == 0
    assert [r["record"] for r in (await views.relations.shared_with(a.id)).rows] == [part]
    assert [r["record"] for r in (await views.relations.offers(a.id)).rows] == [offer]
    assert await views.relations.parts_of(b.id) == []
    for record, kind in ((clue, ClueMoved), (part, RelationMoved), (offer, RelationMoved)):
        assert isinstance((await platform.log.load(record))[-1].event, kind)
    for record in (clue, part):
        await seen_by(platform.log, li, "complaint", record)
    entries = await views.trail.of_record(str(part))
    assert any("晋安区市场监督管理局 武芳 同意加入" in row["zh"] for row in entries)
    with pytest.raises(NotFound):
        await seen_by(platform.log, li, "complaint", closed)
    assert [step async for step in merging_again(platform, b)] == [], "nothing is left to move"


async def merging_again(platform: Platform, unit: PartyRef) -> AsyncIterator[Any]:
    """What the policy would do on the same event now."""
    views = platform.views
    cases = [("complaint", views.complaints)]
    policy = merging(cases, views)  # type: ignore[arg-type]
    (event,) = [
        each for each in await platform.log.load(UUID(unit.id))
        if isinstance(each.event, UnitMerged)
    ]  # fmt: skip
    async for step in policy(event):
        yield step


async def test_what_stayed_closed_with_it_is_read_by_its_successor(platform: Platform) -> None:
    a = await a_regulator(platform, "350102", "鼓楼区市场监督管理局")
    b = await a_regulator(platform, "350111", "晋安区市场监督管理局")
    wu = await an_officer(platform, "wu.fang", "武芳", b)
    li = await an_officer(platform, "li.qiang", "李强", a)
    case = await a_case(platform, wu, "complaint")
    gone = c.WithdrawComplaint(by=wu, complaint=case, reason="消费者来电撤回")
    await platform.perform(c.withdraw_complaint, gone)
    await platform.perform(c.close_complaint, c.CloseComplaint(by=wu, complaint=case))
    with pytest.raises(NotFound):
        await seen_by(platform.log, li, "complaint", case)
    merges = m.MergeUnit(by=ADMIN, party=UUID(b.id), into=a, reason=WHY)
    await platform.perform(m.merge_unit, merges)
    await platform.catch_up()
    record = await seen_by(platform.log, li, "complaint", case)
    assert (record.in_charge, record.relation(li)) == (b.id, "successor")
    assert isinstance(record, c.Complaint)
    merged = await mergers(platform.log, record)
    history = await platform.log.load(case)
    (last, *_) = [p for p in periods("complaint", case, history, merged) if p.party.id == a.id]
    assert (last.relation, last.let_by) == ("successor", ADMIN), "an auditor is told who let it"


async def test_what_it_had_to_answer_its_successor_answers(platform: Platform) -> None:
    a = await a_regulator(platform, "350102", "鼓楼区市场监督管理局")
    b = await a_regulator(platform, "350111", "晋安区市场监督管理局")
    wu = await an_officer(platform, "wu.fang", "武芳", b)
    li = await an_officer(platform, "li.qiang", "李强", a)
    asked = q.RecordEnquiry(by=wu, handler=b, question="发票找谁要？")
    await platform.perform(q.record_enquiry, asked)
    proposed = i.SendProposal(
        by=ZHAO, addressee=b, nature="problem", title="请抽查充电器", text="多件投诉说发热"
    )
    await platform.perform(i.send_proposal, proposed)
    await platform.catch_up()
    merges = m.MergeUnit(by=ADMIN, party=UUID(b.id), into=a, reason=WHY)
    await platform.perform(m.merge_unit, merges)
    await platform.catch_up()
    for record in (asked.enquiry, proposed.proposal):
        (owed,) = await platform.views.obligations.of_record(str(record))
        assert (owed["debtor"], owed["open"]) == (a.id, True)
    assert await platform.views.enquiries.one(str(asked.enquiry), a.id)
    answers = q.AnswerEnquiry(by=li, enquiry=asked.enquiry, answer="找税务部门")
    await platform.perform(q.answer_enquiry, answers)
    says = i.ReplyToProposal(by=li, proposal=proposed.proposal, answer="已经抽查完毕")
    await platform.perform(i.reply_to_proposal, says)
    assert [step async for step in merging_again(platform, b)] == [], "nothing is left to move"
