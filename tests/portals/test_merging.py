"""Merging on the administrator's pages, roles on a day, and what an auditing body reads."""

from __future__ import annotations

import re

import pytest

from events.event import PartyRef
from services.actions import parties as p
from services.actions.establish import EstablishAuditingBody, EstablishTestingBody
from services.actions.outside_parties import establish_auditing_body, establish_testing_body
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ADMIN, COUNCIL, OPERATOR
from tests.portals.desks import send, shown
from tests.portals.joined import at_desk

pytestmark = pytest.mark.postgres


async def a_regulator(platform: Platform, division: str, name: str) -> PartyRef:
    enters = p.EstablishRegulator(by=ADMIN, name=name, level="county", division=division)
    await platform.perform(p.establish_regulator, enters)
    return enters.ref


async def test_the_effects_are_seen_before_units_are_merged(platform: Platform) -> None:
    a = await a_regulator(platform, "350102", "鼓楼区市场监督管理局")
    b = await a_regulator(platform, "350111", "晋安区市场监督管理局")
    here = f"/admin/parties/{b.id}"
    async with (
        at_desk(platform, "孙悦", "clerk", b) as sun,
        at_desk(platform, "管理员", "system", OPERATOR) as admin,
    ):
        assert f"{here}/merge" in await shown(admin, here)
        assert "请选择并入的单位" in await send(admin, f"{here}/merge", 422, reason="机构改革划入")
        chosen = {"into": a.id, "reason": "机构改革，职责划入该局"}
        page = await send(admin, f"{here}/merge", **chosen)
        assert "还没有合并" in page
        assert re.search(r">1</span> 人失去在“晋安区市场监督管理局”的角色", page)
        assert "已记录" not in page
        page = await send(admin, f"{here}/merge", **chosen, seen_for=a.id)
        assert "已记录：合并单位" in page
        assert "并入 <a" in page
        assert f"{here}/merge" not in page
        await shown(admin, f"{here}/merge", 409)
        asked = await sun.get("/regulator", allow_redirects=False)
        assert asked.headers["Location"].startswith("/sign-in"), "her next click leads to sign-in"
        found = await shown(admin, f"/admin/roles?on=2020-01-01&party={a.name}")
        assert "这一天没有人" in found
        assert "2020-13-01”不是日期" in await shown(admin, "/admin/roles?on=2020-13-01", 422)


async def test_an_auditing_body_reads_everything_and_changes_nothing(platform: Platform) -> None:
    audit = EstablishAuditingBody(by=ADMIN, name="平台审计组")
    await platform.perform(establish_auditing_body, audit)
    async with (
        at_desk(platform, "赵敏", "clerk", COUNCIL),
        at_desk(platform, "审计员", "auditor", audit.ref) as auditor,
    ):
        home = await shown(auditor, "/auditor")
        for path in re.findall(r'<dt><a class="govuk-link" href="([^"]+)"', home):
            page = await shown(auditor, path)
            assert 'href="/auditor"' in page, "her own navigation"
        assert "赵敏" in await shown(auditor, "/admin/roles?role=clerk")
        await shown(auditor, "/regulator/followups", 403)
        await shown(auditor, f"/admin/parties/{COUNCIL.id}/merge", 403)


async def test_a_testing_body_sees_what_it_is_asked_for(platform: Platform) -> None:
    body = EstablishTestingBody(by=ADMIN, name="福建省检验中心", division="350000")
    await platform.perform(establish_testing_body, body)
    async with at_desk(platform, "林月", "clerk", body.ref) as clerk:
        page = await shown(clerk, "/testing")
        assert "现在没有等待你处理的事" in page
        await shown(clerk, "/admin", 403)
    async with at_desk(platform, "陈静", "admin", body.ref) as admin:
        assert "邀请" in await send(
            admin, f"/admin/parties/{body.id}/invite", name="新同事", role="clerk"
        )
    await caught_up(platform)
