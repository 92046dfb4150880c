"""S12: responsibility is handed over; who is disabled is signed out and leaves nothing undone."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from events.assigning import RecordPooled
from events.event import Acting, PartyRef
from services.actions import assigning as a
from services.actions import merging as m
from services.actions import parties as p
from services.actions import people
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ADMIN, OPERATOR, SECURITY
from tests.portals.desks import Client, send, shown
from tests.portals.joined import at_desk
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres
LIST = "/regulator/complaints"
NAMES = {
    "350102": "鼓楼区市场监督管理局",
    "350103": "台江区市场监督管理局",
    "350111": "晋安区市场监督管理局",
}


async def units(platform: Platform) -> dict[str, PartyRef]:
    """A, C, and B, which was merged into A; He of A is disabled."""
    made = {}
    for division, name in NAMES.items():
        enters = p.EstablishRegulator(by=ADMIN, name=name, level="county", division=division)
        await platform.perform(p.establish_regulator, enters)
        made[division] = enters.ref
    a_, b = made["350102"], made["350103"]
    merges = m.MergeUnit(by=ADMIN, party=UUID(b.id), into=a_, reason="机构改革，职责划入该局")
    await platform.perform(m.merge_unit, merges)
    he = people.EnrolPerson(by=SECURITY, name="何平", sign_in="he.ping", role="clerk", party=a_)
    await platform.perform(people.enrol_person, he)
    ends = people.DisablePerson(by=SECURITY, person=he.person, reason="已退休离开本局")
    await platform.perform(people.disable_person, ends)
    return made


async def test_responsibility_is_handed_over(platform: Platform) -> None:
    made = await units(platform)
    a_, c = made["350102"], made["350111"]
    row = await a_complaint(platform, handler=a_)
    here = f"{LIST}/{row['id']}"
    async with (
        at_desk(platform, "李强", "clerk", a_) as li,
        at_desk(platform, "吴芳", "head", a_) as wu,
        at_desk(platform, "王磊", "clerk", c) as wang,
    ):
        await send(li, f"{here}/charge/claim")
        form = await shown(li, f"{here}/charge/hand-over")
        assert "吴芳（本单位负责人）" in form
        assert NAMES["350111"] in form
        assert "何平" not in form
        assert f">{NAMES['350103']}<" not in form
        assert "请选择承办人" in await send(li, f"{here}/charge/hand-over", 422, reason="不在本区")
        await send(li, f"{here}/charge/hand-over", to=c.id, reason="经营地在晋安区，由其管辖")
        await still_responsible(li, here)
        assert "经营地在晋安区" in await shown(wang, here)
        assert "已记录：接办" in await send(wang, f"{here}/charge/accept")
        assert f"{here}/charge" not in await shown(li, here)
        await shown(li, f"{here}/charge/hand-over", 403)
        await shown(wu, f"{here}/accept", 403)
        assert "承办人</dt><dd>王磊" in await shown(li, here)


async def still_responsible(li: Client, here: str) -> None:
    """Until it is accepted she acts and answers for it."""
    page = await shown(li, here)
    assert "等待答复" in page
    assert "承办人</dt><dd>李强" in page
    assert f"{here}/accept" in page


async def test_disabled_in_the_middle_of_her_session(platform: Platform) -> None:
    a_ = (await units(platform))["350102"]
    async with (
        at_desk(platform, "吴芳", "clerk", a_) as wu,
        at_desk(platform, "安全管理员", "security", OPERATOR) as admin,
    ):
        her = next(
            row
            for row in (await platform.views.directory.people(a_.id)).rows
            if row["name"] == "吴芳"
        )
        cases = await four_cases(platform, a_, Acting(
            person=her["id"], name="吴芳", party=a_, role="clerk"))  # fmt: skip
        assert plain(await shown(wu, f"{LIST}?whose=mine")).count("GZ-") == 4
        page = await send(admin, f"/admin/people/{her['id']}/disable", reason="已调离本单位工作")
        assert "已记录：停用账号" in page
        asked = await wu.get(LIST, allow_redirects=False)
        assert asked.headers["Location"].startswith("/sign-in")
        await caught_up(platform)
        await platform.catch_up()
        for id in cases:
            pooled = [
                r.event for r in await platform.log.load(id) if isinstance(r.event, RecordPooled)
            ]
            assert len(pooled) == 1
            assert "原承办人 吴芳 停用" in pooled[0].said().zh
    async with at_desk(platform, "李强", "head", a_) as li:
        assert plain(await shown(li, f"{LIST}?whose=pool")).count("GZ-") == 4
        history = await shown(li, f"{LIST}/{cases[0]}")
        assert "吴芳 承办投诉" in history
        assert "由系统转入“鼓楼区市场监督管理局”待领" in history


async def four_cases(platform: Platform, unit: PartyRef, by: Acting) -> list[UUID]:
    """Four open complaints of which she is in charge."""
    made: list[Any] = [(await a_complaint(platform, handler=unit))["id"] for _ in range(4)]
    for id in made:
        claims = a.ClaimRecord(by=by, kind="complaint", record=id)
        await platform.perform(a.claim_record, claims)
    await caught_up(platform)
    return made


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html[html.index("<main") :])
