"""The public portal: a complaint in five steps loses nothing, is one, and can be followed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from events.complaints import ComplaintRegistered
from events.event import today
from portals.public.track import MOST
from services.actions import complaints as c
from services.platform import Platform
from services.views.view import Row
from tests.caught_up import caught_up
from tests.letters.sample import words
from tests.people import COUNCIL, GULOU, IMPORTER, LI, MINHAI, ZHAO
from tests.portals.desks import CODE, Client, shown, signed_in
from tests.portals.lodging import (
    PAGES,
    a_complaint,
    fields,
    go,
    lodge,
    number_on,
    to_the_check,
    visitor,
)

pytestmark = pytest.mark.postgres
#: What is typed with an input method that writes letters and digits as wide as characters.
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.fixture
async def she(platform: Platform) -> AsyncIterator[Client]:
    async with visitor(platform) as client:
        yield client


async def registered(platform: Platform) -> list[ComplaintRegistered]:
    recorded = await platform.vault.opened(await platform.log.after(0))
    return [r.event for r in recorded if isinstance(r.event, ComplaintRegistered)]


async def follow(client: Client, number: str, digits: str = "1234", status: int = 200) -> str:
    page = await (await client.get("/track")).text()
    sent = await client.post("/track", data={**fields(page), "number": number, "digits": digits})
    text = await sent.text()
    assert sent.status == status, f"{sent.status}\n{text[:3000]}"
    return unescape(text)


# -- lodging -----------------------------------------------------------------------------


async def test_the_front_page_has_its_choices_and_the_figures(
    platform: Platform, she: Client
) -> None:
    page = await shown(she, "/")
    assert page.count("<h1") == 1
    for there in ("/complain", "/report", "/track", "/ask", "/which"):
        assert f'href="{there}"' in page
    assert re.search(r"决定是否立案：最迟 \d{4}年\d+月\d+日。 <a[^>]*>为什么", page)
    which = await shown(she, "/which")
    for there in ("/complain", "/report", "/ask", "12345", "120"):
        assert there in which
    await lodge(she)
    await caught_up(platform)
    assert re.search(r"收到投诉</p>\s*<p[^>]*>1 ", await shown(she, "/"))
    assert "Consumer protection starts here" in await shown(she, "/?lang=en")


async def test_a_telephone_in_wide_digits_is_the_same_telephone(
    platform: Platform, she: Client
) -> None:
    page = await to_the_check(she)
    page = await go(she, page, to="identity")
    page = await go(she, page, **{**PAGES[-1], "phone": "１３８－００００－１２３４"})
    number = number_on(await go(she, page, to="send"))
    await caught_up(platform)
    assert number in await follow(she, number, "1234")


async def test_a_complaint_in_five_steps(platform: Platform, she: Client) -> None:
    check = unescape(await to_the_check(she))
    assert "第 5 步" in check
    assert COUNCIL.name in check
    assert "已找到这家企业的登记" in check
    assert "没有规定具体天数" in check
    assert "138 0000 1234" in check
    receipt = unescape(await go(she, await to_the_check(she), to="send"))
    assert "投诉已收到" in receipt
    assert f"{COUNCIL.name}会决定是否受理" in receipt
    assert "#1" in receipt
    assert "陈小姐" not in receipt
    (event,) = await registered(platform)
    assert event.number == number_on(receipt)
    assert (event.handler, event.enterprise) == (COUNCIL, MINHAI)
    assert event.told.get("facts") == PAGES[1]["facts"].replace("\n", "\r\n").replace("\r", "")
    assert (event.claimed.minor if event.claimed else 0) == 128_050
    assert (event.may_mediate, event.may_publish, event.injury) == (True, False, False)
    assert event.complainant.get("phone") == "13800001234"
    assert (event.by.name, event.by.channel, event.bought_on) == ("消费者", "portal", "2026年10月")


async def test_the_same_steps_in_english(platform: Platform, she: Client) -> None:
    await shown(she, "/?lang=en")
    check = unescape(await to_the_check(she))
    assert "Step 5 of 5" in check
    assert "without a number of days" in check
    receipt = unescape(await go(she, await to_the_check(she), to="send"))
    assert "Your complaint was received" in receipt
    await caught_up(platform)
    page = await follow(she, number_on(receipt))
    assert f"{COUNCIL.name} received the complaint" in page
    for each in (check, receipt, page):
        assert each.count("<h1") == 1


async def test_everything_wrong_on_a_page_is_said_at_once_and_nothing_is_lost(she: Client) -> None:
    page = await (await she.get("/complain")).text()
    wrong = await go(she, page, 422, respondent="小店", credit_code="91350100M000100Y44")
    said = unescape(wrong)
    for sentence in ("请填写被投诉人地址", "请选择它所在的地区", "统一社会信用代码"):
        assert sentence in said
    assert "请填写发生了什么" not in said
    assert fields(wrong)["respondent"] == "小店"
    assert 'href="#place"' in wrong


async def test_what_is_checked_is_what_will_be_recorded(she: Client) -> None:
    page = await (await she.get("/complain")).text()
    wide = (
        {"respondent": "那家店", "credit_code": f"{CODE[:8]}-{CODE[8:]}".translate(WIDE)}, {},
        {"claimed": "１，２８０．５元"},
        {"phone": "１３８ ００００ １２３４", "email": "yue＠example.com"},
    )  # fmt: skip
    for typed, instead in zip(PAGES, wide, strict=True):
        page = await go(she, page, **{**typed, **instead})
    for said in ("¥1,280.50", ">13800001234<", ">yue@example.com<", MINHAI.name):
        assert said in page
    assert 'value kept">充电器着火\n' in page


async def test_consent_is_asked_and_never_assumed(she: Client) -> None:
    page = await (await she.get("/complain")).text()
    for typed in PAGES[:2]:
        page = await go(she, page, **typed)
    assert not re.search(r'name="may_\w+"[^>]*checked', page)
    said = await go(she, page, 422, request="退货")
    assert "请选择是否同意调解" in said
    assert "请选择是否同意公示" in said


async def test_whoever_was_hurt_reads_the_hotlines_before_going_on(she: Client) -> None:
    page = await (await she.get("/complain")).text()
    page = await go(she, page, **PAGES[0])
    called = "请先拨打 110、119 或者 120；市场监管热线 12315"
    assert called in await go(she, page, **{**PAGES[1], "injury": "yes"})
    assert called not in await go(she, page, **PAGES[1])


async def test_marks_that_nobody_sees_turn_no_text_around(platform: Platform, she: Client) -> None:
    page = await (await she.get("/complain")).text()
    for typed in (PAGES[0], {**PAGES[1], "product": "\u202e电器\0充\u2069"}, *PAGES[2:]):
        page = await go(she, page, **typed)
    await go(she, page, to="send")
    (event,) = await registered(platform)
    assert event.product == "电器充"


async def test_going_back_and_changing_keeps_all_answers(platform: Platform, she: Client) -> None:
    check = await to_the_check(she)
    step = await go(she, check, to="facts")
    assert fields(step)["facts"] == PAGES[1]["facts"]
    assert fields(step)["name"] == "陈小姐"
    again = await go(she, step, product="电动车充电器")
    assert "第 5 步" in again
    assert "电动车充电器" in again
    back = await go(she, step, to="respondent")
    assert fields(back)["respondent_address"] == "八一七路1号"
    await go(she, again, to="send")
    (event,) = await registered(platform)
    assert event.product == "电动车充电器"


async def test_sent_twice_it_is_one_complaint(platform: Platform, she: Client) -> None:
    check = await to_the_check(she)
    first = await go(she, check, to="send")
    second = await go(she, check, to="send")
    assert number_on(first) == number_on(second)
    assert "没有重复登记" in second
    assert len(await registered(platform)) == 1
    third = await go(she, await to_the_check(she), to="send")
    assert [number_on(each)[8:14] for each in (first, third)] == ["000001", "000002"]


async def test_an_incomplete_form_cannot_be_sent(platform: Platform, she: Client) -> None:
    page = await (await she.get("/complain")).text()
    sent = {**fields(page), **PAGES[0], "step": "check", "to": "send"}
    answer = await she.post("/complain", data=sent)
    assert answer.status == 422
    assert "请填写发生了什么" in await answer.text()
    assert await registered(platform) == []


async def test_an_expired_page_comes_back_filled_in(platform: Platform, she: Client) -> None:
    check = await to_the_check(she)
    she.session.cookie_jar.clear()
    again = await go(she, check, 422, to="send")
    assert "页面已过期" in again
    assert await registered(platform) == []
    await go(she, again, to="send")
    assert len(await registered(platform)) == 1


async def test_nobody_can_choose_the_date_or_the_number(platform: Platform, she: Client) -> None:
    check = await to_the_check(she)
    sent = {**fields(check), "to": "send", "occurred_on": "2020-01-01", "number": "GZ-1"}
    await she.post("/complain", data=sent)
    (event,) = await registered(platform)
    assert event.occurred_on is None
    assert event.number.startswith("GZ-20")


async def test_an_unknown_receipt_reveals_nothing(she: Client) -> None:
    await shown(she, "/receipt/01900000-0000-7000-8000-000000000001", 404)
    await shown(she, "/receipt/x", 404)


# -- following ---------------------------------------------------------------------------


async def acted(platform: Platform, number: str, *steps: Any) -> None:
    """The council does one thing after the other."""
    await caught_up(platform)
    row = await platform.views.complaints.numbered(number)
    assert row is not None
    for action, kind, typed in steps:
        await platform.perform(action, kind(by=ZHAO, complaint=row["id"], **typed))
    await caught_up(platform)


@pytest.mark.parametrize("typing", [str.lower, lambda n: n.replace("-", " "), lambda n: n.translate(
    {ord(a): 0xFEE0 + ord(a) for a in n})])  # fmt: skip
async def test_a_number_is_found_however_it_is_typed(
    platform: Platform, she: Client, typing: Any
) -> None:
    number = await lodge(she)
    await caught_up(platform)
    page = await follow(she, typing(number), "１２３４")
    assert f"{COUNCIL.name}收到投诉" in page
    assert f"{COUNCIL.name}会决定是否受理" in page


async def test_unknown_number_and_wrong_digits_get_the_same_answer(
    platform: Platform, she: Client
) -> None:
    number = await lodge(she)
    await caught_up(platform)
    wrong = await follow(she, number, "9999", 422)
    unknown = await follow(she, "GZ-2026-999999-A", "1234", 422)
    tidy = [re.sub(r'value="[^"]*"', "", page) for page in (wrong, unknown)]
    assert tidy[0] == tidy[1]
    assert "编号和电话后四位（或者查询码）对不上" in wrong


async def test_after_five_wrong_answers_a_number_rests(platform: Platform, she: Client) -> None:
    number = await lodge(she)
    await caught_up(platform)
    for _ in range(MOST):
        await follow(she, number, "0000", 422)
    assert "请 15 分钟后再试" in await follow(she, number, "1234", 429)


async def test_missing_answers_are_no_tries(platform: Platform, she: Client) -> None:
    number = await lodge(she)
    await caught_up(platform)
    for _ in range(MOST + 1):
        assert "请填写电话后四位" in await follow(she, number, "12", 422)
    await follow(she, number)


async def test_the_page_of_a_complaint_needs_the_proof(platform: Platform, she: Client) -> None:
    for path in ("/track/complaint", "/track/complaint/withdraw", "/track/complaint/satisfaction"):
        answer = await she.get(path, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/track")
    number = await lodge(she)
    await caught_up(platform)
    await follow(she, number)
    page = await (await she.get("/track/complaint")).text()
    await she.post("/track/end", data=fields(page))
    assert (await she.get("/track/complaint", allow_redirects=False)).status == 303
    she.session.cookie_jar.update_cookies({"complaint": "x.9999999999.00"})
    assert (await she.get("/track/complaint", allow_redirects=False)).status == 303


async def test_a_refusal_is_read_with_ground_reason_and_the_other_ways(
    platform: Platform, she: Client
) -> None:
    number = await lodge(she)
    typed = {"ground": "R3", "reason": "购买后用于转卖"}
    await acted(platform, number, (c.refuse_complaint, c.RefuseComplaint, typed))
    page = await follow(she, number)
    assert "不是为生活消费需要" in page
    assert "购买后用于转卖" in page
    assert "向人民法院提起诉讼" in page
    assert "赵敏" not in page
    assert "/track/complaint/withdraw" not in page


async def test_she_withdraws_what_is_open(platform: Platform, she: Client) -> None:
    number = await lodge(she)
    await caught_up(platform)
    page = await follow(she, number)
    assert "/track/complaint/withdraw" in page
    form = await (await she.get("/track/complaint/withdraw")).text()
    short = await she.post("/track/complaint/withdraw", data={**fields(form), "reason": "好"})
    assert short.status == 422
    sent = {**fields(form), "reason": "商家已经退款"}
    done = await (await she.post("/track/complaint/withdraw", data=sent)).text()
    assert "您撤回了投诉" in done
    row = await platform.views.complaints.numbered(number)
    assert row is not None
    assert row["state"] == "withdrawn"


async def test_she_says_whether_she_is_satisfied(platform: Platform, she: Client) -> None:
    number = await lodge(she)
    await acted(
        platform, number,
        (c.accept_complaint, c.AcceptComplaint, {}),
        (c.start_mediation, c.StartMediation, {}),
        (c.record_agreement, c.RecordAgreement, {"remedy": "refund"}),
        (c.refer_clue, c.ReferClue, {"to": GULOU, "reason": "充电器没有认证"}),
    )  # fmt: skip
    page = await follow(she, number)
    assert "双方达成协议：退款" in page
    assert f"发现的违法线索移送{GULOU.name}" in page
    form = await (await she.get("/track/complaint/satisfaction")).text()
    sent = {**fields(form), "stars": "5", "solved": "yes"}
    done = await (await she.post("/track/complaint/satisfaction", data=sent)).text()
    assert "/track/complaint/satisfaction" not in done
    row = await platform.views.complaints.numbered(number)
    assert row is not None
    assert row["satisfied"] is True


async def test_topics_are_offered_while_she_types_and_say_nothing_of_anybody(
    platform: Platform, she: Client
) -> None:
    for name, may in (("陈小姐", True), ("王先生", True), ("周女士", False)):
        told: dict[str, Any] = {
            "enterprise": MINHAI,
            "product": "充电器",
            "name": name,
            "may_publish": may,
        }
        await a_complaint(platform, **told)
    about = {"q": MINHAI.name, "product": "48V 充电器"}
    found = await (await she.get("/complain/similar", params=about)).json()
    assert found == ["充电器（其他，2 件在办）"] or "2 件在办" in found[0]
    english = await she.get("/complain/similar", params={**about, "lang": "en"})
    assert "2 in work" in (await english.json())[0]
    for nothing in (
        {},
        {"q": "无名小店"},
        {"q": MINHAI.name, "product": "电热毯"},
        {"q": "x" * 5000},
    ):
        assert await (await she.get("/complain/similar", params=nothing)).json() == []
    page = await (await she.get("/complain")).text()
    assert re.search(r'data-similar="/complain/similar" role="status" hidden', page)


async def at_the_last_page(she: Client) -> str:
    """All is told but who she is."""
    page = await (await she.get("/complain")).text()
    for typed in PAGES[:3]:
        page = await go(she, page, **typed)
    return page


async def test_somebody_complains_for_another_and_the_body_knows(
    platform: Platform, she: Client
) -> None:
    page = await at_the_last_page(she)
    wrong = await go(she, page, 422, **PAGES[3], agent_phone="138 0000 9999")
    assert "请再填受托人的姓名" in wrong
    check = await go(she, wrong, agent="陈孙女")
    assert ">13800009999<" in check
    number = number_on(await go(she, check, to="send"))
    await caught_up(platform)
    await follow(she, number)
    assert "陈孙女" in await shown(she, "/track/complaint/data")
    (one,) = await registered(platform)
    assert (one.complainant.get("name"), one.complainant.get("agent")) == ("陈小姐", "陈孙女")
    id = str((await platform.log.of_kinds([ComplaintRegistered]))[0].stream)
    async with signed_in(platform, ZHAO) as zhao:
        here = f"/council/complaints/{id}"
        for said in ("陈孙女", "13800009999", "授权委托书原件"):
            assert said in await shown(zhao, here)
        form = words(await (await zhao.get(f"{here}/letters/make/form-1")).read())
        assert "受托人和电话陈孙女13800009999" in form


async def _turn(platform: Platform, she: Client, row: Row) -> str:
    """What the box beside her complaint says."""
    await caught_up(platform)
    found = re.search(r'<aside class="side".*?</aside>', await follow(she, row["number"]), re.S)
    assert found
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split())


async def test_it_is_her_turn_where_something_is_asked_of_her(
    platform: Platform, she: Client
) -> None:
    row = await a_complaint(platform, GULOU, LI)
    assert f"轮到谁 监 {GULOU.name}" in await _turn(platform, she, row)
    until = today() + timedelta(days=5)
    asks = c.RequestIdentityProof(by=LI, complaint=row["id"], until=until, what="身份证复印件")
    await platform.perform(c.request_identity_proof, asks)
    said = await _turn(platform, she, row)
    assert "轮到谁 民 您" in said
    assert f"请在 {until.year}年{until.month}月{until.day}日 前提供" in said
    assert f"承办单位 监 {GULOU.name}" in said
    assert "为什么？" in said, "the term of the body goes on"


async def test_whoever_says_that_it_was_not_kept_reads_who_looks_into_it(
    platform: Platform, she: Client
) -> None:
    then = today() - timedelta(days=40)
    row = await a_complaint(platform, GULOU, LI, occurred_on=then)
    on = {"by": LI, "complaint": row["id"], "occurred_on": then}
    await platform.perform(c.accept_complaint, c.AcceptComplaint(**on))
    await platform.perform(c.start_mediation, c.StartMediation(**on))
    agreed = c.RecordAgreement(**on, remedy="refund", terms="退款一百元")
    await platform.perform(c.record_agreement, agreed)
    assert "轮到谁 民 您 为什么 请说明商家有没有照协议做" in await _turn(platform, she, row)
    hers = {"by": c.complainant(row["id"]), "complaint": row["id"]}
    await platform.perform(c.report_performance, c.ReportPerformance(**hers, occurred_on=then))
    assert "轮到谁 民 您" not in await _turn(platform, she, row), "she has said so"
    await platform.perform(c.state_outcome, c.StateOutcome(**hers, settled=False))
    said = await _turn(platform, she, row)
    assert f"轮到谁 监 {GULOU.name}" in said
    assert "了解未履行的情况并回访" in said


async def test_what_stands_in_a_line_is_no_essay(platform: Platform, she: Client) -> None:
    page = await (await she.get("/complain")).text()
    wrong = unescape(await go(she, page, 422, **PAGES[0] | {"respondent": "某" * 9_990}))
    assert "“您要投诉哪一家？”最多 200 个字，现在是 9990 个" in wrong
    await a_complaint(platform, by=IMPORTER, respondent="长" * 300)


@pytest.mark.parametrize("nothing", ["\u200b", "\u3164", "\u2800 \ufeff", "\u200f\u200e"])
async def test_a_name_that_nobody_sees_is_no_name(she: Client, nothing: str) -> None:
    page = await at_the_last_page(she)
    wrong = unescape(await go(she, page, 422, **PAGES[3] | {"name": nothing, "address": nothing}))
    assert "请填写您的真实姓名" in wrong
    assert "请填写您的地址" in wrong


async def test_what_telephones_copy_along_with_a_number_is_forgiven(
    platform: Platform, she: Client
) -> None:
    page = await at_the_last_page(she)
    copied = PAGES[3] | {"phone": "\u202d138\u00a00000\u20601234\u202c\u200e"}
    number = number_on(await go(she, await go(she, page, **copied), to="send"))
    await caught_up(platform)
    assert number in await follow(she, number, "\u200e1234\ufeff")


async def test_a_day_that_has_passed_is_not_told_as_one_to_come(
    platform: Platform, she: Client
) -> None:
    then = today() - timedelta(days=20)
    row = await a_complaint(platform, GULOU, LI, occurred_on=then)
    asks = c.RequestIdentityProof(
        by=LI, complaint=row["id"], occurred_on=then, until=then + timedelta(days=9), what="身份证"
    )
    await platform.perform(c.request_identity_proof, asks)
    assert "前提供，已经过了。请尽快提供" in await _turn(platform, she, row)
