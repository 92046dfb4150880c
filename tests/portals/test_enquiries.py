"""Enquiries at the desks of council and regulator: recorded, found, answered; imported letters."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from events.ids import new_id
from services.platform import Platform
from tests.caught_up import caught_up
from tests.deploy.letters import ANSWERED, WAITING, by_reference, import_letters
from tests.people import COUNCIL, GULOU, JINAN, LI, WANG, WU, ZHAO
from tests.portals.desks import Client, hidden, send, shown, signed_in, whole
from tests.portals.lodging import a_complaint, know, visitor
from tests.portals.test_many import asking, plain, posted

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


async def test_who_answers_reads_the_question_and_what_a_colleague_answered_meanwhile(
    platform: Platform, zhao: Client
) -> None:
    await send(zhao, "/council/new-enquiry", **ASKS)
    row = (await platform.views.enquiries.handled_by(ZHAO.party.id)).rows[0]
    at = f"/council/enquiries/{row['id']}/answer"
    form = await shown(zhao, at)
    assert ASKS["question"] in form
    assert ASKS["name"] in form
    await send(zhao, at, answer="看强制性产品认证标志")
    mine = {**hidden(form), "answer": "请看说明书"}
    sent = await zhao.post(at, data=mine)
    page = await sent.text()
    assert sent.status == 409
    columns = page[page.index('class="conflict"') : page.index("</section>")]
    saw, now, typed = columns.split("<h3")[1:]
    assert "待答复" in saw
    assert "已答复" in now
    assert mine["answer"] in typed
    assert "看强制性产品认证标志" in page


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


async def found(client: Client, number: str, digits: str, status: int = 200) -> str:
    return await send(client, "/track", status, number=number, digits=digits)


async def test_who_asked_reads_the_answer_and_asks_on(platform: Platform, li: Client) -> None:
    await send(li, "/regulator/new-enquiry", **ASKS)
    row = (await platform.views.enquiries.handled_by(LI.party.id)).rows[0]
    here, number = f"/regulator/enquiries/{row['id']}", row["number"]
    async with visitor(platform) as client:
        assert "对不上" in await found(client, number, "9999", 422)
        page = await found(client, number, "1234")
        assert ASKS["question"] in page
        assert "没有法定答复期限" in page
        assert "/track/enquiry/ask" not in page, "what waits is answered first"
        await shown(client, "/track/enquiry/ask")
        await send(li, f"{here}/answer", answer="看强制性产品认证标志")
        page = await shown(client, "/track/enquiry")
        assert "看强制性产品认证标志" in page
        assert "请填写" in await send(client, "/track/enquiry/ask", 422, question=" ")
        page = await send(client, "/track/enquiry/ask", question="标志在哪里查？")
        assert "标志在哪里查？" in page
        assert "待答复" in page
        await send(client, "/track/enquiry/ask", 409, question="再问一次？")
        await whole(client, "/track/enquiry", "/track/enquiry/ask")
        assert "答复咨询" in await shown(li, "/regulator")
        assert "标志在哪里查？" in await shown(li, here)
        await send(li, f"{here}/answer", answer="扫描标志上的二维码")
        assert "扫描标志上的二维码" in await shown(client, "/track/enquiry")
    async with visitor(platform) as stranger:
        assert "查询进度" in await shown(stranger, "/track/enquiry")


async def test_without_a_telephone_nobody_finds_it(platform: Platform, li: Client) -> None:
    page = await send(li, "/regulator/new-enquiry", question="谁来管？")
    assert "没有登记电话" in page
    row = (await platform.views.enquiries.handled_by(LI.party.id)).rows[0]
    async with visitor(platform) as client:
        assert "对不上" in await found(client, row["number"], "0000", 422)


async def test_a_council_splits_an_enquiry_which_the_complaint_leads_to(
    platform: Platform, zhao: Client
) -> None:
    row = await a_complaint(platform, COUNCIL, ZHAO)
    here = f"/council/complaints/{row['id']}"
    assert f"{here}/split" in await shown(zhao, here)
    form = await shown(zhao, f"{here}/split")
    assert 'value="report"' not in form, "a council handles no reports"
    told = {"told": "另外，充电器要认证吗？", "reason": "材料里同时有咨询"}
    page = await send(zhao, f"{here}/split", 422, kind="report", **told)
    assert "消委会不处理举报" in page
    page = await send(zhao, f"{here}/split", kind="enquiry", **told)
    (id,) = re.findall(r"/council/enquiries/([0-9a-f-]{36})", page)
    await send(zhao, f"/council/enquiries/{id}/answer", answer="要的，请看目录")
    async with visitor(platform) as client:
        page = await found(client, row["number"], "1234")
        assert f"/track/complaint/enquiries/{id}" in page
        page = await shown(client, f"/track/complaint/enquiries/{id}")
        assert "要的，请看目录" in page
        await shown(client, f"/track/complaint/enquiries/{new_id()}", 404)


async def test_what_is_not_there_is_not_found(li: Client) -> None:
    await shown(li, f"/regulator/enquiries/{new_id()}", 404)
    await shown(li, "/regulator/enquiries/x", 404)


async def test_somebody_takes_charge_hands_it_over_and_many_are_ticked(platform: Platform) -> None:
    async with signed_in(platform, LI) as li, signed_in(platform, WANG) as wang:
        know(platform)
        for question in ("谁来管？", "发票找谁要？", "标志怎么看？"):
            await send(li, "/regulator/new-enquiry", question=question)
        rows = (await platform.views.enquiries.handled_by(GULOU.id)).rows
        here = f"/regulator/enquiries/{rows[0]['id']}"
        assert "待领" in await shown(li, here)
        page = await send(li, f"{here}/charge/claim")
        assert "李强 承办咨询" in page
        assert await numbers_on(li, "whose=mine") == [rows[0]["number"]]
        assert len(await numbers_on(li, "whose=pool")) == 2
        await shown(wang, here, 404)
        await shown(wang, f"{here}/charge/claim", 404)
        assert COUNCIL.name in await shown(li, f"{here}/charge/hand-over"), "a council can be asked"
        page = await send(li, f"{here}/charge/hand-over", to=JINAN.id, reason="属于晋安区管辖")
        assert "等待答复" in page
        assert rows[0]["number"] in await shown(wang, "/regulator/hand-overs")
        assert "标志怎么看？" in await shown(wang, here), "who is asked reads what it is"
        await shown(wang, f"{here}/answer", 404)
        await send(wang, f"{here}/charge/accept")
        await shown(li, here, 404)
        await send(wang, f"{here}/answer", answer="看认证标志")
        (owed,) = await platform.views.obligations.of_record(str(rows[0]["id"]))
        assert (owed["debtor_name"], owed["open"]) == (JINAN.name, False)
        path = asking(rows, "enquiry")
        assert "已选择 2 件" in plain(await shown(li, path))
        assert "已办 2，原已如此 0，未办 1" in plain(await posted(li, path, act="claim"))
        await caught_up(platform)
        assert len(await numbers_on(li, "whose=mine")) == 2
        await whole(li, path, "/regulator/enquiries?whose=pool", "/regulator/hand-overs")
        await whole(wang, here)


async def test_who_asked_is_forgotten(platform: Platform) -> None:
    async with (
        signed_in(platform, LI) as li, signed_in(platform, WU) as wu, visitor(platform) as she,
    ):  # fmt: skip
        await send(li, "/regulator/new-enquiry", **ASKS)
        row = (await platform.views.enquiries.handled_by(LI.party.id)).rows[0]
        here = f"/regulator/enquiries/{row['id']}"
        await found(she, row["number"], "1234")
        assert "请选择" in await send(she, "/track/enquiry/erasure", 422)
        page = await send(she, "/track/enquiry/erasure", ground="consent")
        assert "已请求删除" in page
        assert "/track/enquiry/erasure" not in page
        await send(she, "/track/enquiry/erasure", 409, ground="consent")
        await whole(li, f"{here}/personal")
        assert "还没有答复" in await send(li, f"{here}/personal/check", 422)
        await send(li, f"{here}/answer", answer="看强制性产品认证标志")
        assert "问题" in await shown(li, f"{here}/personal")
        assert "保存 3 年" in await send(li, f"{here}/personal/check", 422)
        await send(li, f"{here}/personal/check", despite="咨询人多次要求删除")
        await shown(li, f"{here}/personal/erase", 403)
        assert "已依法删除" in await send(wu, f"{here}/personal/erase")
        page = await shown(li, here)
        assert ASKS["question"] not in page
        assert "看强制性产品认证标志" not in page
        assert "已依法删除" in await shown(she, "/track/enquiry")
        await whole(she, "/track/enquiry")
        await whole(li, here, "/regulator/enquiries")
        assert "对不上" in await found(she, row["number"], "1234", 422)


async def numbers_on(client: Client, filters: str) -> list[str]:
    """The numbers of a list with these filters."""
    page = await shown(client, f"/regulator/enquiries?{filters}")
    return re.findall(r">(ZX-[^<]*)</a>", page)
