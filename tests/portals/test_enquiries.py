"""Enquiries at the desks of council and regulator: recorded, found, answered; imported letters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from events.ids import new_id
from services.platform import Platform
from tests.caught_up import caught_up
from tests.deploy.letters import ANSWERED, WAITING, by_reference, import_letters
from tests.people import LI, ZHAO
from tests.portals.desks import Client, send, shown, signed_in, whole

pytestmark = pytest.mark.postgres
ASKS = {"question": "充电器要有什么标志才合格？", "name": "林女士", "phone": "138 0000 1234"}


@pytest.fixture
async def li(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, LI) as client:
        yield client


@pytest.fixture
async def zhao(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, ZHAO) as client:
        yield client


@pytest.mark.parametrize("kind", ["council", "regulator"])
async def test_an_enquiry_is_recorded_and_answered(
    platform: Platform, li: Client, zhao: Client, kind: str
) -> None:
    client = zhao if kind == "council" else li
    assert "请填写" in await send(client, f"/{kind}/new-enquiry", 422, question="")
    page = await send(client, f"/{kind}/new-enquiry", **ASKS)
    assert "待答复" in page
    assert "没有法定答复期限" in page
    listed = await shown(client, f"/{kind}/enquiries?state=asked&channel=counter")
    assert ASKS["question"] in listed
    assert "答复咨询" in await shown(client, f"/{kind}"), "the desk shows that it waits"
    row = await platform.views.enquiries.handled_by((ZHAO if kind == "council" else LI).party.id)
    here = f"/{kind}/enquiries/{row.rows[0]['id']}"
    page = await send(client, f"{here}/answer", answer="看强制性产品认证标志")
    assert "看强制性产品认证标志" in page
    assert "已答复" in page
    assert "答复咨询" not in await shown(client, f"/{kind}")
    await whole(client, here, f"/{kind}/enquiries?q={row.rows[0]['number']}")
    other = li if kind == "council" else zhao
    await shown(other, here.replace(kind, "regulator" if kind == "council" else "council"), 404)


async def test_imported_letters_say_when_and_how_late(
    platform: Platform, li: Client, tmp_path: Path
) -> None:
    report = await import_letters(platform, tmp_path, ANSWERED, WAITING)
    rows = await by_reference(platform)
    page = await shown(li, f"/regulator/enquiries/{rows['LX-1']['id']}")
    for said in ("LX-1", "充电器认证", "王女士您好", "2024年3月1日 09:30", "2024年3月8日 16:05",
                 report.batch, "时间以来源登记的为准", "比咨询晚"):  # fmt: skip
        assert said in page
    assert "LX-2" in await shown(li, "/regulator/enquiries?q=LX-2")
    assert "没有符合条件的咨询" in await shown(li, "/regulator/enquiries?q=LX-3")
    assert "不是日期" in await shown(li, "/regulator/enquiries?since=2026-02-30", 422)
    batch = f"/regulator/imports/{rows['LX-1']['batch']}"
    await whole(li, f"/regulator/enquiries/{rows['LX-2']['id']}", batch, "/regulator/imports")
    page = await shown(li, batch)
    assert page.count("/regulator/enquiries/") == 2
    assert "带来 2 件咨询" in await shown(li, f"{batch}/reverse")
    page = await send(li, f"{batch}/reverse", reason="导入了错误的文件")
    assert "导入已撤销" in page
    await caught_up(platform)
    assert await by_reference(platform) == {}


async def test_who_looked_at_what_was_asked_is_recorded(
    platform: Platform, li: Client, tmp_path: Path
) -> None:
    await import_letters(platform, tmp_path, WAITING)
    await shown(li, "/regulator/enquiries")
    await platform.reads.record()
    await caught_up(platform)
    row = (await by_reference(platform))["LX-2"]
    looks = await platform.views.reads.rows(
        "select what from {rows} where record = %(r)s", {"r": str(row["id"])}
    )
    assert [each["what"] for each in looks] == ["enquiry"]


async def test_what_is_not_there_is_not_found(li: Client) -> None:
    await shown(li, f"/regulator/enquiries/{new_id()}", 404)
    await shown(li, "/regulator/enquiries/x", 404)
