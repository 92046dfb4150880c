"""vacate: whoever is disabled has each open record returned to the pool, once, under her name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from events.assigning import HandOverDeclined, Officer, RecordPooled
from events.event import Acting, PartyRef
from services import accounts
from services.actions import assigning as a
from services.actions import complaints as c
from services.actions import enforcement as e
from services.actions import hand_over as h
from services.actions import people as p
from services.actions.refused import Refused
from services.platform import Platform
from services.policies.vacate import vacating
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import CONSUMER, GULOU, LI, MINHAI, SECURITY

pytestmark = pytest.mark.postgres
TELLS: dict[str, Any] = {
    "respondent": "闽海充电器", "respondent_address": "八一七路1号", "facts": "充电器着火",
    "request": "退货", "name": "陈小姐", "phone": "13800001234", "address": "福州市鼓楼区",
}  # fmt: skip


@pytest.fixture
async def platform(database: Dsns) -> AsyncIterator[Platform]:
    """A platform whose worker runs when the test says so."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        yield opened


async def an_officer(platform: Platform, sign_in: str, name: str, party: PartyRef) -> Acting:
    enrols = p.EnrolPerson(by=SECURITY, name=name, sign_in=sign_in, role="clerk", party=party)
    await platform.perform(p.enrol_person, enrols)
    return Acting(person=str(enrols.person), name=name, party=party, role="clerk")


async def a_case(platform: Platform, by: Acting, of: str) -> UUID:
    """An open record of which this person is in charge."""
    if of == "complaint":
        told = c.RegisterComplaint(by=CONSUMER, handler=by.party, **TELLS)
        await platform.perform(c.register_complaint, told)
        id = told.complaint
    else:
        opens = e.OpenFollowUp(by=by, enterprise=MINHAI, source="own", matter="充电器没有认证")
        await platform.perform(e.open_follow_up, opens)
        id = opens.follow_up
    await platform.perform(a.claim_record, a.ClaimRecord(by=by, kind=of, record=id))
    return id


async def test_disabled_in_the_middle_of_her_work(platform: Platform) -> None:
    wu = await an_officer(platform, "wu.fang", "武芳", GULOU)
    sun = await an_officer(platform, "sun.yue", "孙悦", GULOU)
    cases = [await a_case(platform, wu, of) for of in ("complaint", "complaint", "follow-up")]
    hers_no_more = await a_case(platform, wu, "complaint")
    withdrawn = c.WithdrawComplaint(by=wu, complaint=hers_no_more, reason="双方自行和解")
    await platform.perform(c.withdraw_complaint, withdrawn)
    await platform.perform(c.close_complaint, c.CloseComplaint(by=wu, complaint=hers_no_more))
    suns = await a_case(platform, sun, "complaint")
    offered = h.OfferHandOver(
        by=sun, kind="complaint", record=suns, to=GULOU, reason="下周起出差一个月",
        officer=Officer(person=wu.person, name=wu.name),
    )  # fmt: skip
    await platform.perform(h.offer_hand_over, offered)
    await platform.catch_up()

    ends = p.DisablePerson(by=SECURITY, person=UUID(wu.person), reason="已调离本单位")
    await platform.perform(partial(accounts.disable, platform.pool), ends)
    await platform.catch_up()
    for id in cases:
        last = (await platform.log.load(id))[-1].event
        assert isinstance(last, RecordPooled)
        assert "由系统转入“福州市鼓楼区市场监督管理局”待领" in last.said().zh
        assert "原承办人 武芳 停用" in last.said().zh
    assert not isinstance((await platform.log.load(hers_no_more))[-1].event, RecordPooled)
    declined = (await platform.log.load(suns))[-1].event
    assert isinstance(declined, HandOverDeclined)
    assert declined.by.party.kind == "system"
    pool = await platform.views.complaints.handled_by(GULOU.id, officer="pool")
    assert {row["id"] for row in pool.rows} == set(cases[:2])
    mine = await platform.views.complaints.handled_by(GULOU.id, officer=sun.person)
    assert [row["id"] for row in mine.rows] == [suns]
    entries = await platform.views.trail.of_record(str(cases[0]))
    assert any("武芳 承办投诉" in row["zh"] for row in entries), "history keeps her name"
    head = Acting(person=LI.person, name="李强", party=GULOU, role="head")
    late = a.AssignRecord(
        by=head, kind="complaint", record=cases[0], officer=Officer(person=wu.person, name=wu.name)
    )
    with pytest.raises(Refused, match="现在不是"):
        await platform.perform(a.assign_record, late)


async def test_twice_the_same_event_once_the_records(platform: Platform) -> None:
    wu = await an_officer(platform, "wu.fang", "武芳", GULOU)
    case = await a_case(platform, wu, "complaint")
    await platform.catch_up()
    ends = p.DisablePerson(by=SECURITY, person=UUID(wu.person), reason="已调离本单位")
    await platform.perform(p.disable_person, ends)
    disabled = (await platform.log.load(UUID(wu.person)))[-1]
    policy = vacating([("complaint", platform.views.complaints)])
    steps = [step async for step in policy(disabled)]
    assert len(steps) == 1
    for _ in range(2):
        for action, command in steps:
            await platform.perform(action, command)
    await platform.catch_up()
    events = [recorded.event for recorded in await platform.log.load(case)]
    assert sum(isinstance(event, RecordPooled) for event in events) == 1


async def test_a_role_that_is_withdrawn_returns_what_is_of_that_unit(platform: Platform) -> None:
    wu = await an_officer(platform, "wu.fang", "武芳", GULOU)
    case = await a_case(platform, wu, "complaint")
    await platform.catch_up()
    gone = p.WithdrawRole(by=SECURITY, person=UUID(wu.person), party=GULOU, reason="调往企业科")
    await platform.perform(p.withdraw_role, gone)
    await platform.catch_up()
    assert "原承办人 武芳 不再任职" in (await platform.log.load(case))[-1].event.said().zh
    row = await platform.views.complaints.one(str(case)) or {}
    assert (row["officer"], row["handler"]) == ("", GULOU.id)
