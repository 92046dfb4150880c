"""Deleting what is kept of who held a post and of who was invited, through the pages."""

from __future__ import annotations

import re
import secrets
from uuid import UUID

import pytest

from events.event import UNREADABLE, PartyRef
from services.actions import archives as a
from services.actions import parties as p
from services.erasing import bury
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ADMIN, LI, OPERATOR
from tests.portals.desks import Client, send, shown, whole
from tests.portals.joined import an_enterprise, at_desk
from tests.vault.test_erasure import everything

pytestmark = pytest.mark.postgres
CODE = "91350100M000100Y43"
NAME = f"金丝雀{secrets.token_hex(6)}"
CONTACT = f"canary-{secrets.token_hex(6)}@example.com"


async def a_regulator(platform: Platform) -> PartyRef:
    enters = p.EstablishRegulator(
        by=ADMIN, name="鼓楼区市场监督管理局", level="county", division="350102"
    )
    await platform.perform(p.establish_regulator, enters)
    return enters.ref


async def an_officer_who_left(platform: Platform, unit: PartyRef) -> UUID:
    """One officer of the unit, no longer in post; the id of her post."""
    enrol = a.EnrolEnterprise(
        by=LI, enterprise=unit, unit_kind="producer", product_class="1", division="350102",
        division_name="鼓楼区",
    )  # fmt: skip
    await platform.perform(a.enrol_enterprise, enrol)
    appoint = a.AppointOfficer(by=LI, enterprise=unit, name=NAME)
    await platform.perform(a.appoint_officer, appoint)
    leaves = a.OfficerLeaves(by=LI, enterprise=unit, post=appoint.post, reason="调往其他岗位")
    await platform.perform(a.officer_leaves, leaves)
    await caught_up(platform)
    return appoint.post


async def take(who: Client, here: str, step: str, status: int = 200, **typed: str) -> str:
    return await send(who, f"{here}/{step}", status, **typed)


async def test_who_held_a_post_is_forgotten(platform: Platform) -> None:
    """Her enterprise asks, a clerk of the regulator checks, the head approves; nothing is left."""
    regulator = await a_regulator(platform)
    unit = await an_enterprise(platform, "闽海充电器有限公司", CODE)
    post = await an_officer_who_left(platform, unit)
    ours = f"/enterprise/people/{post}/personal"
    theirs = f"/regulator/enterprises/{unit.id}/posts/{post}/personal"
    async with (
        at_desk(platform, "周海", "contact", unit) as firm,
        at_desk(platform, "李强", "clerk", regulator) as li,
        at_desk(platform, "吴芳", "head", regulator) as wu,
    ):
        assert ours in await shown(firm, "/enterprise/people")
        page = await shown(firm, ours)
        assert NAME in page
        assert page.count('<td data-label="内容">姓名</td>') == 2, "appointed, and left"
        assert "按内部规定保存 3 年" in page
        assert "请求删除任职人员信息" in await take(firm, ours, "request", ground="consent")
        await shown(firm, f"{ours}/check", 403)
        assert "已请求删除，等待核对" in await shown(li, f"/regulator/enterprises/{unit.id}")
        assert "按内部规定保存 3 年" in await take(li, theirs, "check", 422), "or a reason"
        await take(li, theirs, "check", despite="本人书面要求")
        await shown(li, f"{theirs}/erase", 403)
        await whole(wu, theirs, f"{theirs}/erase")
        page = await take(wu, theirs, "erase")
        assert "密钥已经销毁" in page
        assert NAME not in page
        await shown(wu, f"{theirs}/erase", 409)
        for who, path in ((firm, "/enterprise/people"), (li, f"/regulator/enterprises/{unit.id}"),
                          (li, "/regulator/posts/officer?on=2026-11-01")):  # fmt: skip
            page = await (await who.get(path)).text()
            assert NAME not in page
        assert UNREADABLE["erased"].zh in await shown(firm, "/enterprise/people")
    assert await bury(platform.log) == 1, "and again at the next start"


async def test_who_was_invited_is_forgotten(platform: Platform, database: object) -> None:
    regulator = await a_regulator(platform)
    async with (
        at_desk(platform, "陈静", "admin", regulator) as admin,
        at_desk(platform, "安全管理员", "security", OPERATOR) as security,
    ):
        await send(
            admin, f"/admin/parties/{regulator.id}/invite",
            name=NAME, contact=CONTACT, role="clerk",
        )  # fmt: skip
        await caught_up(platform)
        page = await shown(admin, f"/admin/parties/{regulator.id}?part=invited")
        (id,) = set(re.findall(r"/admin/invitations/([0-9a-f-]{36})", page))
        here = f"/admin/invitations/{id}/personal"
        assert here in await shown(admin, f"/admin/invitations/{id}")
        assert "姓名、联系方式" in await shown(admin, here)
        await take(admin, here, "request", ground="purpose")
        assert "先撤销邀请" in await take(admin, here, "check", 422)
        await send(admin, f"/admin/invitations/{id}/revoke", reason="人选有变动，不再需要")
        await take(admin, here, "check")
        assert "另一个人批准" in await take(admin, here, "erase", 403)
        assert "已核对，等待另一人批准删除" in await shown(security, f"/admin/invitations/{id}")
        await whole(security, here, f"{here}/erase", f"/admin/invitations/{id}")
        assert "密钥已经销毁" in await take(security, here, "erase")
        page = await shown(admin, f"/admin/invitations/{id}")
        assert NAME not in page
        assert UNREADABLE["erased"].zh in page
    left = everything(database.owner)  # type: ignore[attr-defined]
    assert NAME not in left
    assert CONTACT not in left
