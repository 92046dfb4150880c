"""Reports in the browser: made, followed, verified, filed, unmasked; and seen by nobody else."""

from __future__ import annotations

import asyncio
import re
from html import unescape

import pytest

from events.reads import PersonalDataRead
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import GULOU, LI, WANG, WU, acting
from tests.portals.desks import CODE, Client, send, shown
from tests.portals.lodging import fields, visitor
from tests.vault.desk import desk

pytestmark = pytest.mark.postgres
HEAD = acting("吴敏", GULOU, "head", n=130)
NAME, FACTS = "举报金丝雀", "仓库金丝雀：晚上装无证充电器"
TELLS = {
    "place": "350102", "respondent": "闽海充电器有限公司", "respondent_address": "八一七路1号",
    "credit_code": CODE, "category": "quality", "product": "充电器", "facts": FACTS,
    "danger": "yes", "anonymous": "no", "name": NAME, "phone": "138 0000 5678", "contact": "",
    "reward_wanted": "no",
}  # fmt: skip


async def post(client: Client, path: str, page: str, status: int = 200, **typed: str) -> str:
    sent = await client.post(path, data={**fields(page), **typed})
    while sent.status == 202:  # the views have not seen it yet
        await asyncio.sleep(0.2)
        sent = await client.get(str(sent.url.relative()))
    text = await sent.text()
    assert sent.status == status, f"{sent.status}\n{text[:3000]}"
    return unescape(text)


async def report(client: Client, **changed: str) -> tuple[str, str]:
    """A report from the form to its receipt: number and query code."""
    receipt = await post(client, "/report", await shown(client, "/report"), **{**TELLS, **changed})
    number = re.search(r"JB-\d{4}-\d{6}-\w", receipt)
    code = re.search(r"<strong class=\"figures\">(\w{4}-\w{4}-\w{4})</strong>", receipt)
    assert number, receipt
    assert code, receipt
    return number[0], code[1]


async def the_id(platform: Platform, number: str) -> str:
    await caught_up(platform)
    row = await platform.views.reports.numbered(number, GULOU.id)
    assert row is not None
    return str(row["id"])


async def test_a_report_is_made_followed_added_to_and_withdrawn(platform: Platform) -> None:
    async with visitor(platform) as client:
        page = await shown(client, "/report")
        wrong = await post(client, "/report", page, 422, **{**TELLS, "anonymous": "", "facts": ""})
        assert "请选择是否匿名" in wrong
        assert "请填写具体的线索" in wrong
        assert NAME in wrong, "nothing that was typed is lost"
        number, code = await report(client)
        again = await shown(client, "/report/mine")
        assert number in again
        assert "收到举报" in again
        client.session.cookie_jar.clear()
        asked = await shown(client, "/report/follow")
        await post(client, "/report/follow", asked, 422, number=number, code="WRONG-CODE-1234")
        found = await post(
            client, "/report/follow", asked, number=number.lower(), code=code.lower()
        )
        wide = "".join(chr(ord(each) + 0xFEE0) for each in code)
        assert number in await post(client, "/report/follow", asked, number=number, code=wide)
        assert number in found
        added = await send(client, "/report/mine/add", facts="又有一批货要出去")
        assert "您补充了内容" in added
        withdrawn = await send(client, "/report/mine/withdraw", reason="不想再继续了")
        assert "线索仍会核查" in withdrawn
        gone = await post(client, "/report/end", withdrawn)
        assert "查询码" in gone


async def test_who_is_in_charge_is_shown_and_filtered(platform: Platform) -> None:
    async with visitor(platform) as client:
        number, _ = await report(client)
    id = await the_id(platform, number)
    async with desk(platform, LI) as clerk:
        assert number in await shown(clerk, "/regulator/reports?whose=pool")
        assert number not in await shown(clerk, "/regulator/reports?whose=mine")
        await send(clerk, f"/regulator/reports/{id}/charge/claim")
        mine = await shown(clerk, "/regulator/reports?whose=mine&state=received")
        assert number in mine
        assert LI.name in mine[mine.index("<table") :]
        assert number not in await shown(clerk, "/regulator/reports?whose=pool")
        await shown(clerk, "/regulator/reports?whose=nobody")


async def test_the_same_form_sent_twice_is_one_report(platform: Platform) -> None:
    async with visitor(platform) as client:
        page = await shown(client, "/report")
        first = await post(client, "/report", page, **TELLS)
        assert re.findall(r"JB-\S{13}", first) == re.findall(
            r"JB-\S{13}", await post(client, "/report", page, **TELLS)
        )
        await caught_up(platform)
        assert (await platform.views.reports.handled_by(GULOU.id)).total == 1


async def test_the_regulator_verifies_and_the_head_files(platform: Platform) -> None:
    async with visitor(platform) as client:
        number, _ = await report(client)
    id = await the_id(platform, number)
    async with desk(platform, LI) as clerk, desk(platform, HEAD) as head:
        assert number in await shown(clerk, "/regulator/reports?danger=1")
        record = await shown(clerk, f"/regulator/reports/{id}")
        assert FACTS in record
        assert "举报人 1 号" in record
        assert NAME not in record
        here = f"/regulator/reports/{id}"
        await send(clerk, f"{here}/verify")
        await shown(clerk, f"{here}/file", 403)
        await send(clerk, f"{here}/pause", what="送检充电器")
        await send(clerk, f"{here}/resume", result="检验不合格")
        filed = await send(
            head, f"{here}/file", matter="充电器没有认证", reason="检验不合格，现场查实"
        )
        assert "已立案" in filed
        assert "JD-" in filed
        assert number in await shown(clerk, f"/regulator/trail?record={number}")
    async with desk(platform, WANG) as other:
        await shown(other, here, 404)
        assert "提出举报" not in await shown(other, f"/regulator/trail?record={number}")
        assert "无证充电器" not in await shown(other, "/regulator/trail")
        assert number not in await shown(other, "/regulator/obligations")
        assert number not in await shown(other, "/regulator/reports")


async def test_unmasking_is_an_act_that_everybody_who_may_sees(platform: Platform) -> None:
    async with visitor(platform) as client:
        number, _ = await report(client)
    id = await the_id(platform, number)
    here = f"/regulator/reports/{id}/reporter"
    async with desk(platform, LI) as clerk, desk(platform, HEAD) as head:
        assert NAME not in await shown(clerk, here)
        await send(clerk, here + "/unmask", 422, ground="", reason="")
        seen = await send(clerk, here + "/unmask", ground="verify", reason="需要当面核实线索")
        assert NAME in seen
        other = await shown(head, here)
        assert NAME not in other, "only who unmasked her sees her"
        assert "需要当面核实线索" in other
        assert "查看了举报" in await shown(head, f"/regulator/trail?record={number}")
    await platform.reads.record()
    reads = await platform.log.of_kinds([PersonalDataRead])
    looks = [(r.what, r.why) for each in reads for r in each.event.reads]  # type: ignore[attr-defined]
    assert looks == [("informant", "unmasked")]


async def test_a_clerk_records_what_is_told_by_telephone(platform: Platform) -> None:
    async with desk(platform, WU) as clerk:
        page = await shown(clerk, "/regulator/new-report")
        told = {**TELLS, "anonymous": "yes", "name": "", "phone": ""}
        told.pop("place")
        assert "请选择举报人怎样举报" in await post(
            clerk, "/regulator/new-report", page, 422, **told
        )
        record = await post(clerk, "/regulator/new-report", page, channel="phone", **told)
        assert "请把编号和查询码告诉举报人" in record
        assert "匿名" in record
        assert "紧急：有人受伤或有危险" in record
