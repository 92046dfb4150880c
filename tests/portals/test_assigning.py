"""Who is in charge, on the pages: claim, filter, hand over to a colleague, read only afterwards."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from services.actions import enforcement as e
from services.actions import parties
from services.actions import people as p
from services.platform import Platform
from tests.caught_up import caught_up
from tests.handing import handed_over
from tests.people import ADMIN, GULOU, JINAN, LI, MINHAI, SECURITY, WANG
from tests.portals.desks import send, shown
from tests.portals.joined import at_desk
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres
LIST = "/regulator/complaints"


async def test_from_the_pool_to_a_colleague(platform: Platform) -> None:
    row = await a_complaint(platform, handler=GULOU, by=LI)
    here = f"{LIST}/{row['id']}"
    gone = p.EnrolPerson(by=SECURITY, name="何平", sign_in="he.ping", role="clerk", party=GULOU)
    await platform.perform(p.enrol_person, gone)
    ends = p.DisablePerson(by=SECURITY, person=gone.person, reason="已退休离开本局")
    await platform.perform(p.disable_person, ends)
    async with at_desk(platform, "李强", "clerk", GULOU) as li:
        assert "共 1 条" in plain(await shown(li, f"{LIST}?whose=pool"))
        assert "待领" in await shown(li, here)
        page = await send(li, f"{here}/charge/claim")
        assert "已记录：由我承办" in page
        assert "李强 承办投诉" in page
        assert "共 1 条" in plain(await shown(li, f"{LIST}?whose=mine"))
        assert "共 0 条" in plain(await shown(li, f"{LIST}?whose=pool"))
        async with at_desk(platform, "吴芳", "head", GULOU) as wu:
            form = await shown(li, f"{here}/charge/hand-over")
            assert "吴芳（本单位负责人）" in form
            assert "何平" not in form
            assert ">李强（" not in form
            assert "请选择承办人" in await send(li, f"{here}/charge/hand-over", 422, reason="太忙")
            me = next(o for o in options(form) if "吴芳" in o[1])[0]
            page = await send(li, f"{here}/charge/hand-over", to=me, reason="吴芳熟悉这家企业")
            assert "等待答复" in page
            assert "承办人</dt><dd>李强" in page
            assert row["number"] in await shown(wu, "/regulator/hand-overs")
            page = await send(wu, f"{here}/charge/accept")
            assert "承办人</dt><dd>吴芳" in page
        await shown(li, f"{here}/charge/hand-over", 403)
        await shown(li, f"{here}/charge/dance", 404)


async def test_units_of_ones_own_kind_and_city_are_offered_first(platform: Platform) -> None:
    entered = {}
    for kind, enters in (("局", parties.EstablishRegulator), ("消委会", parties.EstablishCouncil)):
        for level, division, name in (
            ("city", "350200", "厦门"), ("county", "350203", "思明"), ("city", "350500", "泉州"),
            ("county", "350502", "鲤城"), ("county", "350503", "丰泽"),
        ):  # fmt: skip
            command = enters(by=ADMIN, name=name + kind, level=level, division=division)
            does = {"局": parties.establish_regulator, "消委会": parties.establish_council}[kind]
            await platform.perform(does, command)
            entered[name + kind] = command.ref
    await caught_up(platform)
    row = await a_complaint(platform, handler=entered["丰泽局"], by=LI)
    async with at_desk(platform, "李强", "clerk", entered["丰泽局"]) as li:
        form = await shown(li, f"{LIST}/{row['id']}/charge/hand-over")
        offered = [name for _, name in options(form) if name in entered]
        assert offered[:4] == ["泉州局", "鲤城局", "厦门局", "思明局"]
        assert offered[4:7] == ["泉州消委会", "鲤城消委会", "丰泽消委会"]


async def test_another_unit_takes_it_and_this_one_reads_on(platform: Platform) -> None:
    row = await a_complaint(platform, handler=GULOU, by=LI)
    here = f"{LIST}/{row['id']}"
    async with (
        at_desk(platform, "李强", "clerk", GULOU) as li,
        at_desk(platform, "王磊", "clerk", JINAN) as wang,
    ):
        await shown(wang, here, 404)
        await handed_over(platform, row["id"], LI, WANG)
        page = await shown(li, here)
        assert "只有承办单位可以查看" in page
        assert "13800001234" not in page
        assert "可以做什么" not in page
        for act in ("accept", "charge/hand-over", "charge/claim", "personal", "open"):
            await shown(li, f"{here}/{act}", 403)
        assert "13800001234" in await shown(wang, here)
        assert "/accept" in await shown(wang, here)
    await shown_is_gone(platform, row)


async def shown_is_gone(platform: Platform, row: dict[str, Any]) -> None:
    """The lists know whose it is."""
    ours = await platform.views.complaints.handled_by(GULOU.id)
    assert row["id"] not in {each["id"] for each in ours.rows}
    owed = await platform.views.obligations.of_record(str(row["id"]))
    assert [each["debtor_name"] for each in owed if each["open"]] == [JINAN.name]


async def test_a_follow_up_changes_hands_and_what_it_owes_with_it(platform: Platform) -> None:
    opens = e.OpenFollowUp(by=LI, enterprise=MINHAI, source="own", matter="充电器没有认证")
    await platform.perform(e.open_follow_up, opens)
    order = e.IssueDirective(
        by=LI, follow_up=opens.follow_up, directive="rectification", demands="停止销售并召回",
        basis="第四十九条", due=date(2099, 1, 1),
    )  # fmt: skip
    await platform.perform(e.issue_directive, order)
    await handed_over(platform, opens.follow_up, LI, WANG, kind="follow-up")
    (owed,) = await platform.views.obligations.of_record(str(opens.follow_up))
    assert (owed["debtor_name"], owed["creditor_name"]) == (JINAN.name, MINHAI.name)
    row = await platform.views.followups.one(str(opens.follow_up)) or {}
    assert (row["regulator_name"], row["officer_name"], row["state"]) == (
        JINAN.name, WANG.name, "issued",
    )  # fmt: skip
    here = f"/regulator/followups/{opens.follow_up}"
    async with at_desk(platform, "李强", "clerk", GULOU) as li:
        assert "可以做什么" not in await shown(li, here)
        await shown(li, f"{here}/deliver", 403)
        await shown(li, f"{here}/charge/hand-over", 403)
        assert "共 0 条" in plain(await shown(li, "/regulator/followups?whose=mine"))
    await caught_up(platform)


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def options(html: str) -> list[tuple[str, str]]:
    """Value and text of every choice."""
    return re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', html)
