"""Who lodges without scripts is asked for a code; nothing that she typed or chose is lost."""

from __future__ import annotations

import re

import pytest

from events.complaints import ComplaintRegistered
from portals.limits import RUSH
from services.messages.codes import opened
from services.messages.ways import Ways
from services.platform import Platform
from tests.database import Dsns
from tests.messages.lodged import Down, rows
from tests.opening import open_platform
from tests.portals.desks import Client
from tests.portals.lodging import PAGES, fields, go, lodge, number_on, to_the_check, visitor
from tests.portals.test_outbox import became
from tests.portals.test_reports import TELLS

pytestmark = pytest.mark.postgres
#: As a browser sends it that runs no scripts.
NO_SCRIPTS = {"effort": ""}


async def code_of(platform: Platform) -> str:
    """The code that was sent last, as the operator's outbox would show it."""
    sql = b"select subject, sealed from desk.messages where kind = 'code' order by made_at desc"
    async with platform.pool.connection() as connection:
        row = await (await connection.execute(sql)).fetchone()
    assert row is not None
    return (await opened(platform.vault, *row)).code


async def codes(platform: Platform) -> int:
    """How many were sent."""
    return [row[0] for row in await rows(platform)].count("code")


async def check_page(client: Client, **identity: str) -> str:
    """Filled in up to the check page, with other answers about herself."""
    page = await (await client.get("/complain")).text()
    for typed in (*PAGES[:3], PAGES[3] | identity):
        page = await go(client, page, **typed)
    return page


async def test_a_browser_with_scripts_is_asked_nothing(platform: Platform) -> None:
    async with visitor(platform) as she:
        page = await to_the_check(she)
        assert "<noscript>" in page
        assert number_on(await go(she, page, to="send"))
    assert await codes(platform) == 0


async def test_without_scripts_a_code_opens_the_door(platform: Platform) -> None:
    async with visitor(platform) as she:
        page = await go(she, await to_the_check(she), 422, to="send", **NO_SCRIPTS)
        assert "请先输入验证码" in page
        assert "138****1234" in page
        assert "充电器着火" in page
        page = await go(she, page, to="code", **NO_SCRIPTS)
        assert "验证码已发到 138****1234，10 分钟内有效" in page
        code = await code_of(platform)
        assert re.fullmatch(r"\d{6}", code)
        assert code not in page
        wrong = f"{(int(code) + 1) % 10**6:06}"
        page = await go(she, page, 422, to="send", code=wrong, **NO_SCRIPTS)
        assert "验证码不对，或者已经过期" in page
        assert 'href="#code"' in page
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
        sent = {**fields(page), **NO_SCRIPTS, "code": wide, "to": "send"}
        first = await (await she.post("/complain", data=sent)).text()
        again = await (await she.post("/complain", data=sent)).text()
        assert number_on(first) == number_on(again)
    assert len(await platform.log.of_kinds([ComplaintRegistered])) == 1


async def test_five_wrong_codes_make_her_wait_with_all_she_typed(platform: Platform) -> None:
    async with visitor(platform) as she:
        page = await go(she, await to_the_check(she), to="code", **NO_SCRIPTS)
        code = await code_of(platform)
        for n in range(1, 6):
            wrong = f"{(int(code) + n) % 10**6:06}"
            page = await go(she, page, 422, to="send", code=wrong, **NO_SCRIPTS)
        page = await go(she, page, 429, to="send", code=code, **NO_SCRIPTS)
        assert "验证码已经输错 5 次" in page
        assert "充电器着火" in page


async def test_codes_are_not_sent_without_end(platform: Platform) -> None:
    async with visitor(platform) as she:
        page = await to_the_check(she)
        for _ in range(3):
            page = await go(she, page, to="code", **NO_SCRIPTS)
        page = await go(she, page, 422, to="code", **NO_SCRIPTS)
        assert "15 分钟内已经发过 3 次" in page
    assert await codes(platform) == 3


async def test_by_mail_and_where_nobody_can_be_reached_that_is_said(platform: Platform) -> None:
    async with visitor(platform) as she:
        page = await check_page(she, phone="059187654321", email="lin@example.com")
        page = await go(she, page, to="code", **NO_SCRIPTS)
        assert "l***@example.com" in page
        page = await check_page(she, phone="059187654321")
        page = await go(she, page, 422, to="send", **NO_SCRIPTS)
        assert "没有填手机号码，也没有填电子邮箱" in page
        assert 'name="code"' not in page
        wrong = await go(she, page, to="identity", **NO_SCRIPTS)
        assert await go(she, wrong, 422, email="lin@", phone="059187654321")


async def test_our_own_gateway_being_down_is_not_her_fault(database: Dsns) -> None:
    ways = Ways(text=Down())
    async with (
        open_platform(database.owner, database.app, ways=ways) as platform,
        visitor(platform) as she,
    ):
        page = await go(she, await to_the_check(she), to="code", **NO_SCRIPTS)
        await became(platform, "retrying")
        assert number_on(await go(she, page, to="send", **NO_SCRIPTS))
        for _ in range(2):
            await go(she, await to_the_check(she), to="send", **NO_SCRIPTS)
        page = await go(she, await to_the_check(she), 429, to="send", **NO_SCRIPTS)
        assert "同一个网络 15 分钟内只收 3 件" in page


async def test_a_form_that_stood_open_for_long_is_sent_again(platform: Platform) -> None:
    async with visitor(platform) as she:
        old = {"effort": "16.1.0123456789abcdef.00000000000000000000000000000000:1"}
        page = await go(she, await to_the_check(she), 422, to="send", **old)
        assert "这一页放得太久了" in page
        assert number_on(await go(she, page, to="send"))


async def test_the_field_that_nobody_sees_costs_nobody_her_words(platform: Platform) -> None:
    async with visitor(platform) as she:
        page = await go(she, await to_the_check(she), 422, to="send", website="http://x.example")
        assert "留给自动程序的" in page
        assert "充电器着火" in page
        assert number_on(await go(she, page, to="send"))
        begun = await (await she.get("/complain")).text()
        page = await go(she, begun, 422, website="x", **PAGES[0])
        assert "八一七路1号" in page
        form = fields(await (await she.get("/report")).text())
        answer = await she.post("/report", data={**form, **TELLS, "website": "x"})
        assert answer.status == 422
        assert TELLS["facts"] in await answer.text()


async def test_reports_without_scripts_are_few_from_one_network(platform: Platform) -> None:
    async with visitor(platform) as she:
        for _ in range(3):
            form = fields(await (await she.get("/report")).text())
            answer = await she.post("/report", data={**form, **TELLS, **NO_SCRIPTS})
            assert "JB-" in await answer.text()
        form = fields(await (await she.get("/report")).text())
        answer = await she.post("/report", data={**form, **TELLS, **NO_SCRIPTS})
        assert answer.status == 429
        assert TELLS["facts"] in await answer.text()
        assert int(answer.headers["Retry-After"]) > 0
        assert "JB-" in await (await she.post("/report", data={**form, **TELLS})).text()
    assert await codes(platform) == 0


async def test_many_forms_ask_for_more_work(platform: Platform) -> None:
    async with visitor(platform) as she:
        assert 'data-challenge="16.' in await to_the_check(she)
        for _ in range(130):  # more than thirty a minute, twice doubled
            await go(she, await (await she.get("/complain")).text(), 422, to="send")
        assert 'data-challenge="16.' in await to_the_check(she), "what is not complete is no rush"
        for _ in range(130):
            she.server.app[RUSH].came()
        assert 'data-challenge="18.' in await to_the_check(she)
        assert await lodge(she)
