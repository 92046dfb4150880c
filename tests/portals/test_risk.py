"""S10 through the portals: assess, align or say why not, the desk joins, notices are seen."""

from __future__ import annotations

import asyncio

import pytest

from events.ids import new_id
from services.actions import enforcement as e
from services.actions.risk_desk import NameRiskDesk, name_risk_desk
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ADMIN, DESK, GULOU, LI, MINHAI, PROVINCE, WANG, WU
from tests.portals.desks import Client, date_parts, send, send_anyway, shown, signed_in, whole

pytestmark = pytest.mark.postgres

ASSESSED = {
    "scenario": "充电时过热起火，室内人员烧伤", "severity": "4", "probability": "5",
    "strength": "strong", **date_parts("occurred_on", "2026-04-03"),
}  # fmt: skip


@pytest.fixture
async def here(platform: Platform) -> str:
    """The page of a follow-up; the province's regulator is the desk for serious risks."""
    await platform.perform(name_risk_desk, NameRiskDesk(by=ADMIN, party=PROVINCE))
    id = new_id()
    opened = e.OpenFollowUp(
        by=LI, follow_up=id, enterprise=MINHAI, source="own", matter="充电器没有认证"
    )
    await platform.perform(e.open_follow_up, opened)
    await caught_up(platform)
    return f"/regulator/followups/{id}"


async def told(platform: Platform) -> None:
    """Until the rules have acted on what was recorded."""
    for _ in range(200):
        await caught_up(platform)
        if await platform.views.notices.unseen(PROVINCE.id):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nobody was told")


async def test_a_serious_case_reaches_the_desk(platform: Platform, here: str) -> None:
    async with signed_in(platform, LI) as li:
        page = await shown(li, here)
        assert "无法判定" in page
        await whole(li, f"{here}/assess", f"{here}/level")
        page = await send(li, f"{here}/assess", **ASSESSED)
        await whole(li, f"{here}/align")
        assert "评估结果是“严重”，案件现在的等级是“无法判定”" in page
        page = await send(li, f"{here}/align", 422, align="no")
        assert "请说明保留“无法判定”的理由" in page
        page = await send(li, f"{here}/align", align="no", reason="样品来源还没有核实")
        assert "保留" in page
        assert f"{here}/align" not in page
        page = await send(li, f"{here}/level", level="serious", reason="检验报告确认了来源")
        assert "待另一人复核" in page
        await confirmed_by_another(platform, li, here)
    await told(platform)
    await the_desk_reads(platform, here)


async def confirmed_by_another(platform: Platform, li: Client, here: str) -> None:
    assert "该风险等级由您评定，不能由您复核" in await shown(li, here)
    reason = {"reason": "检验报告与现场相符"}
    page = await send_anyway(li, f"{here}/level", f"{here}/confirm-level", 403, **reason)
    assert "该风险等级由您评定，不能由您复核" in page
    async with signed_in(platform, WU) as wu:
        assert "已复核" in await send(wu, f"{here}/confirm-level", **reason)


async def the_desk_reads(platform: Platform, here: str) -> None:
    async with signed_in(platform, DESK) as desk:
        await whole(desk, "/notices", here)
        page = await shown(desk, "/notices")
        assert "由无法判定改为严重" in page
        assert here in page
        (row,) = (await platform.views.notices.of_party(PROVINCE.id)).rows
        page = await send(desk, f"/notices/{row['id']}")
        assert "没有未阅的通知" in page
        assert "何静" in await shown(desk, "/notices?show=all")
        page = await shown(desk, here)
        assert "系统规则：严重和高风险加入处置单位" in page
        assert f"{here}/level" not in page
    async with signed_in(platform, WANG) as wang:
        assert "没有未阅的通知" in await shown(wang, "/notices")
        await shown(wang, f"/notices/{row['id']}", 404)
    assert await platform.views.notices.unseen(GULOU.id) == 0, "not who acted"
