"""A unit is merged: its successor finds the clue, the debt and the part at its own desk."""

from __future__ import annotations

from uuid import UUID

import pytest

from events.event import Acting, PartyRef
from services.actions import complaints as c
from services.actions import parties as p
from services.actions import sharing as s
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ADMIN, COUNCIL, OPERATOR, ZHAO
from tests.policies.test_vacate import a_case
from tests.portals.desks import send, shown
from tests.portals.joined import at_desk

pytestmark = pytest.mark.postgres
A, B = "鼓楼区市场监督管理局", "晋安区市场监督管理局"
HEAD = Acting(person=ZHAO.person, name="赵敏", party=COUNCIL, role="head")


async def two_units(platform: Platform) -> list[PartyRef]:
    made = []
    for division, name in (("350102", A), ("350111", B)):
        enters = p.EstablishRegulator(by=ADMIN, name=name, level="county", division=division)
        await platform.perform(p.establish_regulator, enters)
        made.append(enters.ref)
    return made


async def in_cases_of_others(platform: Platform, unit: PartyRef) -> list[tuple[UUID, str]]:
    """A clue it got, a case it was offered a part in, a case it had closed itself; the numbers."""
    clue, part = [await a_case(platform, HEAD, "complaint") for _ in range(2)]
    refers = c.ReferClue(by=HEAD, complaint=clue, to=unit, reason="没有 3C 标志")
    await platform.perform(c.refer_clue, refers)
    offers = s.OfferRelation(
        by=HEAD, kind="complaint", record=part, to=unit, relation="reader", message="请了解情况"
    )
    await platform.perform(s.offer_relation, offers)
    own = Acting(person=ADMIN.person, name="武芳", party=unit, role="clerk")
    closed = await a_case(platform, own, "complaint")
    gone = c.WithdrawComplaint(by=own, complaint=closed, reason="消费者来电撤回")
    await platform.perform(c.withdraw_complaint, gone)
    await platform.perform(c.close_complaint, c.CloseComplaint(by=own, complaint=closed))
    await caught_up(platform)
    found = []
    for id in (clue, part, closed):
        row = await platform.views.complaints.one(str(id))
        assert row is not None
        found.append((id, row["number"]))
    return found


async def test_what_the_merged_unit_had_waits_at_its_successors_desk(platform: Platform) -> None:
    a, b = await two_units(platform)
    (clue, number), (part, shared), (closed, _) = await in_cases_of_others(platform, b)
    async with (
        at_desk(platform, "李强", "clerk", a) as li,
        at_desk(platform, "管理员", "system", OPERATOR) as admin,
    ):
        assert number not in await shown(li, "/regulator/referrals")
        await shown(li, f"/regulator/complaints/{closed}", 404)
        chosen = {"into": a.id, "reason": "机构改革，职责划入该局"}
        seen = await send(admin, f"/admin/parties/{b.id}/merge", **chosen)
        assert f">1</span> 条欠答复的移送线索转给“{A}”" in seen
        assert f">1</span> 项在其他单位案件中的权限或者邀请转给“{A}”" in seen
        await send(admin, f"/admin/parties/{b.id}/merge", **chosen, seen_for=a.id)
        await caught_up(platform)
        await platform.catch_up()
        await caught_up(platform)

        assert number in await shown(li, "/regulator/referrals")
        assert number in await shown(li, "/regulator"), "it owes the answer now"
        page = await shown(li, f"/regulator/referrals/{clue}")
        assert f"由系统将投诉 {number} 的移送线索转给“{A}”（原接收单位 {B} 已合并）" in page
        back = await send(li, f"/regulator/referrals/{clue}/return", reason="企业不在本局辖区")
        assert "已记录" in back
        inbox = await shown(li, "/regulator/shared")
        assert shared in inbox
        assert "请了解情况" in inbox
        page = await send(li, f"/regulator/shared/complaint/{part}/accept")
        assert f"由系统将{B}在 {shared} 中的查阅方身份（待答复）转给“{A}”" in page
        page = await shown(li, f"/regulator/complaints/{closed}")
        assert "只有承办单位可以查看" in page, "it reads what stayed closed with the merged unit"
