"""Asking online: one page, a check that names who answers, a receipt; followed by its code."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from events.enquiries import EnquiryReceived
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import LI, ZHAO
from tests.portals.desks import Client, send, shown, signed_in, whole
from tests.portals.lodging import fields, visitor
from tests.portals.test_human import code_of

pytestmark = pytest.mark.postgres
ASKS: dict[str, Any] = {
    "body": "council", "place": "350102", "question": "定做的衣服\n能七天无理由退货吗？<b>",
    "name": "林女士", "phone": "138 0000 1234", "email": "",
}  # fmt: skip
#: As a browser sends it that runs no scripts.
NO_SCRIPTS: dict[str, Any] = {"effort": ""}


async def go(client: Client, page: str, status: int = 200, to: str = "check", **typed: Any) -> str:
    """Fill in what the page asks and press a button; the page that follows."""
    sent = await client.post("/ask", data={**fields(page), **typed, "to": to})
    text = await sent.text()
    assert sent.status == status, f"{sent.status}\n{text[:3000]}"
    return text


async def checked(client: Client, **other: str) -> str:
    """The check page of what is asked."""
    return await go(client, await (await client.get("/ask")).text(), **{**ASKS, **other})


def told(page: str) -> tuple[str, str]:
    """Number and query code on a receipt."""
    number, code = re.search(r"ZX-\d{4}-\d{6}-\w", page), re.search(r">(\w{4}-\w{4}-\w{4})<", page)
    assert number, page
    assert code, page
    return number[0], code[1]


async def follow(client: Client, number: str, said: str, status: int = 200) -> str:
    return await send(client, "/track", status, number=number, digits=said)


async def test_a_question_is_asked_checked_answered_and_read(platform: Platform) -> None:
    async with signed_in(platform, ZHAO) as zhao, visitor(platform) as she:
        page = unescape(await checked(she))
        for said in ("福州市消费者权益保护委员会", "它负责", "没有法定答复期限", "林女士"):
            assert said in page
        assert ">13800001234<" in page
        number, code = told(await go(she, await checked(she), to="send"))
        await whole(she, "/ask", "/ask/receipt", "/track/enquiry")
        assert "待答复" in await shown(zhao, f"/council/enquiries?q={number}&channel=portal")
        assert "答复咨询" in await shown(zhao, "/council"), "its answer is owed"
        row = await platform.views.enquiries.numbered(number)
        assert row is not None
        here = f"/council/enquiries/{row['id']}"
        assert "林女士" in await shown(zhao, here)
        await send(zhao, f"{here}/answer", answer="定做的商品不适用")
    await platform.reads.record()
    await caught_up(platform)
    async with visitor(platform) as elsewhere:
        mine = await follow(elsewhere, number, code)
        assert ">咨询内容<" in mine, "who asked sees who read it"
        assert "赵敏" not in mine
        assert "对不上" in await follow(elsewhere, number, "AAAA-BBBB-CCCC", 422)
        assert "填写电话后四位数字，或者" in await follow(elsewhere, number, "AAAA", 422)
        assert "定做的商品不适用" in await follow(elsewhere, number, code.lower().replace("-", " "))
    async with visitor(platform) as elsewhere:
        assert "定做的商品不适用" in await follow(elsewhere, number, "1234")
        assert "追问" in await shown(elsewhere, "/track/enquiry/ask")


async def test_a_regulator_is_asked_by_who_gives_an_address_alone(platform: Platform) -> None:
    mail = {"body": "regulator", "phone": "", "name": "", "email": "lin@example.com"}
    async with signed_in(platform, LI) as li, visitor(platform) as she:
        number, code = told(await go(she, await checked(she, **mail), to="send"))
        page = await shown(li, f"/regulator/enquiries?q={number}")
        (id,) = re.findall(r"/regulator/enquiries/([0-9a-f-]{36})", page)
        assert "lin@example.com" in await shown(li, f"/regulator/enquiries/{id}")
        assert "定做的衣服" in await follow(she, number, code)


WRONG = {
    "body": ("", "请选择向哪类单位咨询"),
    "place": ("999999", "请选择地区"),
    "question": (" \n ", "请填写"),
    "phone": ("一二三", "不是电话号码"),
    "email": ("lin@", "不是电子邮箱地址"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_wrong_is_said_and_nothing_is_lost(platform: Platform, name: str) -> None:
    given, words = WRONG[name]
    async with visitor(platform) as she:
        blank = await (await she.get("/ask")).text()
        page = await go(she, blank, 422, **{**ASKS, name: given})
        assert words in unescape(page)
        assert f'href="#{name}' in page
        kept = {n: v for n, v in ASKS.items() if v and n != name}
        assert kept.items() <= fields(page).items()
        number, _ = told(await go(she, await go(she, page, **ASKS), to="send"))
        assert number.startswith("ZX-")


async def test_neither_telephone_nor_address_is_no_way_to_answer(platform: Platform) -> None:
    async with visitor(platform) as she:
        page = await go(she, await (await she.get("/ask")).text(), 422, **ASKS | {"phone": ""})
        assert "至少一项" in page
        page = await go(she, page, 422, **ASKS | {"body": "regulator", "place": "350203"})
        assert "还没有开通网上咨询，请改选消委会" in unescape(page)
        assert "核对并提交" in await go(she, page, **ASKS)


async def test_the_same_form_twice_is_one_enquiry_and_a_change_is_kept(platform: Platform) -> None:
    async with visitor(platform) as she:
        page = await checked(she)
        again = await go(she, page, to="edit")
        assert fields(again)["question"] == "定做的衣服\n能七天无理由退货吗？<b>"
        page = await go(she, again, question="改过的问题？")
        sent = {**fields(page), "to": "send"}
        first = await (await she.post("/ask", data=sent)).text()
        second = await (await she.post("/ask", data=sent)).text()
        assert told(first) == told(second)
        assert len(await platform.log.of_kinds([EnquiryReceived])) == 1
        expired = {**fields(await checked(she)), "to": "send", "csrf": "old"}
        answer = await she.post("/ask", data=expired)
        assert answer.status == 422
        assert "页面已过期" in await answer.text()


async def test_without_scripts_a_code_is_asked_for(platform: Platform) -> None:
    async with visitor(platform) as she:
        page = await go(she, await checked(she), 422, to="send", **NO_SCRIPTS)
        assert "请先输入验证码" in page
        page = await go(she, page, to="code", **NO_SCRIPTS)
        assert 'formaction="/ask#confirm"' in page
        code = await code_of(platform)
        wrong = f"{(int(code) + 1) % 10**6:06}"
        page = await go(she, page, 422, to="send", code=wrong, **NO_SCRIPTS)
        assert "验证码不对" in page
        assert told(await go(she, page, to="send", code=code, **NO_SCRIPTS))
        page = await go(she, await checked(she, phone="059187654321"), 422, to="send", **NO_SCRIPTS)
        assert "请点“您的咨询”旁边的“改”" in unescape(page)
        page = await go(she, await checked(she), 422, to="send", website="x")
        assert "留给自动程序的" in page


async def test_a_receipt_is_for_the_browser_that_sent_it(platform: Platform) -> None:
    async with visitor(platform) as stranger:
        assert "查询进度" in await shown(stranger, "/ask/receipt")
