"""Forms say everything at once and lose nothing; pages tell strangers nothing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from multidict import MultiDict

from portals.forms import FormErrors, build
from portals.people import CONSUMER
from services import desk, sessions
from services.platform import Platform
from tests.portals.kit import COUNCIL, LIN, RegisterVisit, browser

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Client = TestClient[Any, Any]
STORY = "第一行：买了一台电视机\n第二行：<b>不能开机</b>"
VISIT = {
    "facts": "电视机不能开机", "why": "消费者当面说明", "willing": "yes", "count": "２",
    "bought-year": "2026", "bought-month": "2", "bought-day": "3",
}  # fmt: skip
ANSWERS = {
    "respondent": "鼓楼电器行", "respondent_address": "八一七路1号", "facts": STORY,
    "request": "退货", "name": "陈小姐", "phone": "13800000000", "address": "福州市鼓楼区",
}  # fmt: skip


@pytest.fixture
async def client(platform: Platform) -> AsyncIterator[Client]:
    async with browser(platform) as opened:
        yield opened


def visit(**changed: str) -> RegisterVisit:
    return build(RegisterVisit, MultiDict(VISIT | changed), CONSUMER, {"handler": COUNCIL})


def errors(**changed: str) -> dict[str, Any]:
    with pytest.raises(FormErrors) as raised:
        visit(**changed)
    return raised.value.errors


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the last form on the page, as a browser would send them."""
    last = html[html.rindex("<form") :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', last)
    return {k: unescape(v) for k, v in found}


async def opened(client: Client, path: str) -> dict[str, str]:
    return hidden(await (await client.get(path)).text())


async def sign_in(client: Client, platform: Platform, **more: str) -> Any:
    await desk.set_password(platform.pool, str(LIN), "lin", "correct horse")
    fields = await opened(client, "/sign-in") | {"name": "lin", "password": "correct horse"} | more
    return await client.post("/sign-in", data=fields, allow_redirects=False)


# -- forms -------------------------------------------------------------------------------


def test_a_complete_form_becomes_a_command() -> None:
    command = visit()
    assert (command.bought.isoformat(), command.count, command.willing) == ("2026-02-03", 2, True)


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_form() -> None:
    found = errors(facts=" ", why="短", count="三", willing="", **{"bought-day": ""})
    assert list(found) == ["facts", "why", "bought", "count", "willing"]
    assert found["facts"].zh == "请填写“发生了什么？”"
    assert found["why"].zh == "“为什么登记？”至少写 5 个字，现在是 1 个"
    assert found["willing"].zh == "请选择“愿意调解吗？”"


def test_marks_that_nobody_sees_are_no_answer_and_are_not_counted() -> None:
    found = errors(facts="\u202e \u2066", why="\u202e短\u2066")
    assert found["facts"].zh == "请填写“发生了什么？”"
    assert found["why"].zh == "“为什么登记？”至少写 5 个字，现在是 1 个"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"bought-month": "", "bought-day": ""}, "“哪一天购买？”还缺：月、日"),
        ({"bought-month": "二月"}, "“哪一天购买？”请用数字填写，例如 2026 年 11 月 23 日"),
        ({"bought-day": "30"}, "“哪一天购买？”2026年2月30日不存在，请核对"),
        ({"bought-year": "", "bought-month": "", "bought-day": ""}, "请填写“哪一天购买？”"),
    ],
)
def test_a_wrong_date_is_told_by_its_kind(typed: dict[str, str], words: str) -> None:
    assert errors(**typed)["bought"].zh == words


def test_a_date_in_the_future_is_refused_for_an_act() -> None:
    assert "2999年1月1日在将来" in errors(occurred_on="2999-01-01")["occurred_on"].zh


@pytest.mark.parametrize("typed", ["2026-02-03", "2026/2/3", "2026年2月3日", "２０２６-2-3"])
def test_a_date_may_be_typed_in_one_field(typed: str) -> None:
    assert visit(bought=typed).bought.isoformat() == "2026-02-03"


def test_what_the_form_does_not_ask_cannot_be_posted() -> None:
    assert visit(number="GZ-1", may_mediate="false", by="somebody").number == ""


# -- nothing is lost ---------------------------------------------------------------------


async def test_a_form_that_is_sent_stands_in_the_log(client: Client, platform: Platform) -> None:
    fields = await opened(client, "/open")
    answer = await client.post("/open", data=fields | ANSWERS, allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"] == "/help?at=1&done=RegisterComplaint"
    shown = await client.get(answer.headers["Location"])
    assert "已记录：提交投诉" in await shown.text()


async def test_a_refused_form_comes_back_filled_in(client: Client, platform: Platform) -> None:
    fields = await opened(client, "/open")
    answer = await client.post("/open", data=fields | ANSWERS | {"phone": "abc"})
    html = await answer.text()
    assert answer.status == 422
    assert "<title>错误：" in html
    assert 'href="#phone"' in html
    assert "第二行：&lt;b&gt;不能开机" in html
    assert "鼓楼电器行" in html
    assert await platform.log.size() == 0


async def test_an_expired_page_has_no_effect_and_one_click_sends(
    client: Client, platform: Platform
) -> None:
    fields = await opened(client, "/open")
    stale = await client.post("/open", data=fields | ANSWERS | {"csrf": "of yesterday"})
    html = await stale.text()
    assert stale.status == 422
    assert "页面已过期，内容都在，请再点一次" in html
    assert await platform.log.size() == 0
    answer = await client.post("/open", data=hidden(html) | ANSWERS, allow_redirects=False)
    assert answer.status == 303


async def test_a_handler_that_does_not_know_of_expired_pages_is_not_reached(
    client: Client, platform: Platform
) -> None:
    fields = await opened(client, "/open") | ANSWERS | {"csrf": ""}
    listed = await client.post("/plain", data=fields)
    html = await listed.text()
    assert "您希望怎样解决？" in html
    assert await platform.log.size() == 0
    answer = await client.post("/plain", data=hidden(html), allow_redirects=False)
    assert answer.status == 303


async def test_the_same_form_sent_twice_is_recorded_once(
    client: Client, platform: Platform
) -> None:
    fields = await opened(client, "/open") | ANSWERS
    places = [
        (await client.post("/open", data=fields, allow_redirects=False)).headers["Location"]
        for _ in range(2)
    ]
    assert places[0] == places[1]
    assert await platform.log.size() == 1


async def test_an_expired_session_keeps_what_was_typed(client: Client, platform: Platform) -> None:
    await sign_in(client, platform)
    fields = await opened(client, "/desk") | ANSWERS
    await sessions.end_all_sessions(platform.pool, str(LIN))
    asked = await client.post("/desk", data=fields)
    html = await asked.text()
    assert asked.status == 401
    assert await platform.log.size() == 1, "that she signed in, and nothing else"
    again = hidden(html) | {"name": "lin", "password": "correct horse"}
    listed = await client.post("/sign-in", data=again)
    page = await listed.text()
    assert "发生了什么？" in page
    assert "第二行：&lt;b&gt;不能开机" in page
    answer = await client.post("/desk", data=hidden(page), allow_redirects=False)
    assert answer.status == 303
    assert await platform.log.size() == 3


# -- doors -------------------------------------------------------------------------------


async def test_another_site_cannot_post(client: Client, platform: Platform) -> None:
    fields = await opened(client, "/open") | ANSWERS
    for said in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert (await client.post("/open", data=fields, headers=said)).status == 403
    assert await platform.log.size() == 0


async def test_a_desk_asks_to_sign_in_and_leads_on(client: Client, platform: Platform) -> None:
    asked = await client.get("/desk", allow_redirects=False)
    assert asked.headers["Location"] == "/sign-in?next=/desk"
    answer = await sign_in(client, platform, next="/desk")
    assert (answer.status, answer.headers["Location"]) == (303, "/desk")
    assert "HttpOnly" in str(answer.cookies)
    assert "SameSite=Lax" in str(answer.cookies)
    shown = await client.get("/desk")
    assert "林月" in await shown.text()
    assert shown.headers["Cache-Control"] == "no-store"


async def test_another_kind_of_party_is_refused_in_words(
    client: Client, platform: Platform
) -> None:
    await sign_in(client, platform)
    refused = await client.get("/case")
    assert refused.status == 403
    assert "这一页供市场监管部门使用" in await refused.text()


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example", "/\\evil.example"])
async def test_sign_in_never_leads_to_another_site(
    client: Client, platform: Platform, next_: str
) -> None:
    answer = await sign_in(client, platform, next=next_)
    assert answer.headers["Location"] == "/council"


async def test_wrong_passwords_are_slowed_down(client: Client, platform: Platform) -> None:
    await desk.set_password(platform.pool, str(LIN), "lin", "correct horse")
    for name in ("LIN", "nobody"):
        for _ in range(desk.MOST - 1):
            with pytest.raises(desk.NotSignedIn, match="登录名或密码不对"):
                await desk.check_password(platform.pool, name, "wrong")
        with pytest.raises(desk.Locked, match="已锁定") as locked:
            await desk.check_password(platform.pool, name, "wrong")
        assert locked.value.person == (str(LIN) if name == "LIN" else "")
        with pytest.raises(desk.Locked, match="已锁定"):
            await desk.check_password(platform.pool, name, "correct horse")
    await desk.unlock(platform.pool, "lin")
    assert await desk.check_password(platform.pool, "lin", "correct horse") == str(LIN)


async def test_a_disabled_person_is_out_at_once(client: Client, platform: Platform) -> None:
    await sign_in(client, platform)
    await desk.disable(platform.pool, str(LIN))
    assert (await client.get("/desk", allow_redirects=False)).status == 303


async def test_signing_out_ends_the_session(client: Client, platform: Platform) -> None:
    answer = await sign_in(client, platform)
    token = (await opened(client, "/desk"))["csrf"]
    await client.post("/sign-out", data={"csrf": token})
    kept = {"gongzhi": answer.cookies["gongzhi"].value}
    assert (await client.get("/desk", cookies=kept, allow_redirects=False)).status == 303


# -- what every answer says --------------------------------------------------------------


async def test_unknown_addresses_are_told_nothing_apart(client: Client) -> None:
    answers = [await client.get(p) for p in ("/no-such-page", "/council/complaints/7", "/x/y/z")]
    assert [a.status for a in answers] == [404, 404, 404]
    assert len({await a.read() for a in answers}) == 1


async def test_every_answer_has_the_strict_headers(client: Client) -> None:
    for path in ("/open", "/no-such-page", "/static/theme.css", "/healthz"):
        answer = await client.get(path)
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/help", "/accessibility", "/privacy", "/sign-in", "/open"])
async def test_pages_are_in_the_language_that_was_chosen(client: Client, path: str) -> None:
    assert '<html lang="zh-CN"' in await (await client.get(path)).text()
    await client.get(f"{path}?lang=en")
    html = await (await client.get(path)).text()
    assert '<html lang="en"' in html
    assert " style=" not in html
    rest = re.sub(r"中文|<title>.*?</title>", "", html)
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"<svg.*?</svg>", "", rest))


async def test_larger_type_is_remembered(client: Client) -> None:
    await client.get("/help?large=1")
    assert 'class="govuk-template large"' in await (await client.get("/help")).text()


async def test_health_waits_for_the_views(client: Client) -> None:
    assert (await client.get("/healthz")).status == 200


async def test_a_database_that_is_away_is_said_on_the_page(
    client: Client, platform: Platform
) -> None:
    fields = await opened(client, "/open") | ANSWERS
    await platform.pool.close()
    answer = await client.post("/open", data=fields)
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "10"
    page = await answer.text()
    assert "数据库暂时不可用" in page
    assert "内容都在下面" in page
    assert f'name="key" value="{fields["key"]}"' in page, "one click sends it, once"
    assert (await client.get("/healthz")).status == 503


async def test_a_file_that_is_too_large_is_refused_on_a_page(client: Client) -> None:
    await opened(client, "/open")
    answer = await client.post("/open", data=BytesIO(bytes(26 * 1024 * 1024)), headers=FORM)
    assert answer.status == 413
    assert "太大，没有收到" in await answer.text()
