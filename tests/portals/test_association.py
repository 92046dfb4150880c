"""The association's portal: members, a pledge from draft to judgement, a breach and a question."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from events.event import PartyRef, today
from events.ids import new_id
from services.actions import enforcement as e
from services.actions import member_pledges as m
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ASSOCIATION, CONTACT, LI, LIN_HEAD
from tests.portals.desks import CODE, Client, date_parts, hidden, send, send_anyway, shown
from tests.portals.joined import (
    OTHERS,
    PERIOD,
    WORDS,
    a_pledge,
    an_association,
    an_enterprise,
    at_desk,
)

pytestmark = pytest.mark.postgres

PARTS = {k: v for name, day in PERIOD.items() for k, v in date_parts(name, str(day)).items()}


@pytest.fixture
async def minhai(platform: Platform) -> PartyRef:
    """An association, and one enterprise that is its member."""
    return await an_association(platform)


@pytest.fixture
async def chen(platform: Platform, minhai: PartyRef) -> AsyncIterator[Client]:
    async with at_desk(platform, "陈静", "secretary") as client:
        yield client


async def signed(platform: Platform, enterprise: PartyRef, **fields: Any) -> str:
    """The path of a member's pledge."""
    pledge = await a_pledge(platform, **fields)
    command = m.SignPledge(by=LIN_HEAD, pledge=pledge, enterprise=enterprise)
    await platform.perform(m.sign_pledge, command)
    await caught_up(platform)
    return f"/association/signed/{m.member_pledge_id(pledge, enterprise)}"


def link(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    assert found, pattern
    return found[0]


async def refused_her_own(platform: Platform, chen: Client, record: str) -> None:
    """R19: who handed in the evidence is refused, and the attempt stands in the history."""
    assert "您提交了该证据，不能由您核验" in await shown(chen, f"{record}/met", 403)
    tried = {"reason": "照片和数量相符"}
    page = await send_anyway(chen, f"{record}/evidence", f"{record}/met", 403, **tried)
    assert "您提交了该证据，不能由您核验" in page
    await caught_up(platform)
    assert "尝试“认定已履行”，未被允许：证据由其本人提交" in await shown(chen, record)


async def test_a_pledge_from_the_draft_to_the_judgement(
    platform: Platform, minhai: PartyRef, chen: Client
) -> None:
    """S6 by hand: all errors at once, freeze, sign, evidence, and nobody judges her own."""
    page = await send(chen, "/association/pledges/draft", 422, title="追溯标签")
    for words in ("会员承诺做什么？", "用什么衡量？", "达到多少算履行？", "凭什么证明？"):
        assert f"请填写“{words}”" in page
    assert "追溯标签" in page
    page = await send(chen, "/association/pledges/draft", **WORDS, **PARTS)
    assert "草稿" in page
    here = link(page, r"/association/pledges/[0-9a-f-]{36}")
    assert f"{here}/sign" not in page
    page = await send(chen, f"{here}/redraft", **{**WORDS, "target": "全部"}, **PARTS)
    assert "第 2 版" in page
    page = await send(chen, f"{here}/publish")
    assert "已发布" in page
    assert re.search(r"[0-9a-f]{64}", page)
    assert f"{here}/redraft" not in page
    assert "不能" in await send(chen, f"{here}/publish", 409)

    page = await send(chen, f"{here}/sign", enterprise=minhai.id)
    assert "没有签署 0 家" in re.sub(r"<[^>]+>", "", page)
    await caught_up(platform)
    page = await shown(chen, here)
    record = link(page, r"/association/signed/[0-9a-f-]{36}")
    assert "提交承诺的证明材料" in await shown(chen, record)
    page = await send(chen, f"{record}/evidence", what="标签照片四十张，出货两千只")
    assert "自行申报，待认定" in page
    assert "您提交了该证据，不能由您核验" in page
    assert f"{record}/met" not in page
    await refused_her_own(platform, chen, record)

    async with at_desk(platform, "林涛", "head") as lin:
        assert minhai.name in await shown(lin, "/association/signed?show=waiting")
        page = await send(lin, f"{record}/met", reason="照片和数量相符")
        assert "已履行" in page
        assert "没有人，已办结" in page


async def test_signing_for_several_says_what_came_of_each(
    platform: Platform, minhai: PartyRef, chen: Client
) -> None:
    other = await an_enterprise(platform, "榕城照明有限公司", "91350100M000100246")
    path = f"/association/pledges/{await a_pledge(platform)}"
    await caught_up(platform)
    assert "请至少选择一家会员" in await send(chen, f"{path}/sign", 422)

    form = hidden(await (await chen.get(f"{path}/sign")).text())
    data = [*form.items(), ("enterprise", minhai.id), ("enterprise", other.id),
            ("enterprise", "nobody")]  # fmt: skip
    page = await (await chen.post(f"{path}/sign", data=data)).text()
    assert "签署了 1 家，没有签署 2 家" in re.sub(r"<[^>]+>", "", page)
    assert "“榕城照明有限公司”现在不是福建省电动自行车行业协会的会员" in page
    assert "平台上没有这家企业" in page
    again = await (await chen.post(f"{path}/sign", data=data)).text()
    assert "签署了 1 家，没有签署 2 家" in re.sub(r"<[^>]+>", "", again)
    await caught_up(platform)
    row = await platform.views.pledges.pledge(path.rpartition("/")[2])
    assert row is not None
    assert row["signed"] == 1
    assert "（已签署）" in await shown(chen, f"{path}/sign")


async def test_an_expired_page_keeps_what_was_chosen(
    platform: Platform, minhai: PartyRef, chen: Client
) -> None:
    path = f"/association/pledges/{await a_pledge(platform)}/sign"
    await caught_up(platform)
    form = hidden(await (await chen.get(path)).text())
    sent = {**form, "csrf": "of another day", "enterprise": minhai.id}
    response = await chen.post(path, data=sent)
    page = await response.text()
    assert response.status == 422
    assert "页面已过期" in page
    assert "checked" in page


async def ordered(platform: Platform, member: PartyRef) -> None:
    """The regulator orders a member to correct something."""
    follow_up = new_id()
    opened = e.OpenFollowUp(
        by=LI, follow_up=follow_up, enterprise=member, source="own", matter="秘密的立项理由"
    )
    await platform.perform(e.open_follow_up, opened)
    issued = e.IssueDirective(
        by=LI, follow_up=follow_up, directive="rectification", demands="停止销售并召回",
        basis="第五十条", due=today() + timedelta(days=9),
    )  # fmt: skip
    await platform.perform(e.issue_directive, issued)


async def test_a_breach_is_seen_and_the_member_is_asked(
    platform: Platform, minhai: PartyRef, chen: Client
) -> None:
    record = await signed(platform, minhai)
    await ordered(platform, minhai)
    await flagged(platform)

    assert f"{record}/question" in await shown(chen, "/association/breaches")
    assert "疑似违反、还没有询问" in await shown(chen, "/association")
    form = await shown(chen, f"{record}/question")
    assert "被监管部门责令改正（JD-" in form
    page = await send(chen, f"{record}/question", question="请说明为什么被责令改正")
    assert "已询问，待答复" in page
    assert "答复协会的询问" in page
    assert f"{record}/question" not in page
    assert f"{record}/question" not in await shown(chen, "/association/breaches")
    await ordered(platform, minhai)
    await flagged(platform)
    page = await shown(chen, "/association/breaches")
    assert "等上一次询问的答复" in page
    assert f"{record}/question" not in page
    assert "选择会员是当面" in await send(chen, f"{record}/answer", 422, answer="已经改正完毕")
    page = await send(chen, f"{record}/answer", answer="已经改正完毕", way="phone")
    assert "已答复询问" in page
    assert "代为记录" in page
    assert "系统规则：承诺核对 提示" in page

    page = await shown(chen, f"/association/members/{minhai.id}")
    assert "责令改正通知书" in page
    assert "秘密的立项理由" not in page
    assert "少于 5" in page


async def flagged(platform: Platform) -> None:
    """The platform's own worker has pointed out a breach, and the pages show it."""
    board = platform.views.pledges
    for _ in range(100):
        await caught_up(platform)
        if (await board.counts(ASSOCIATION.id, today()))["breaches"]:
            return
    raise AssertionError("the rule did not act")


async def test_members_are_admitted_by_code_and_leave(
    platform: Platform, minhai: PartyRef, chen: Client
) -> None:
    path = "/association/members/admit"
    assert "应为 18 位" in await send(chen, path, 422, credit_code="123")
    assert "请填写企业的统一社会信用代码" in await send(chen, path, 422)
    page = await send(chen, path, 422, credit_code="91350100M000100246")
    assert "没有统一社会信用代码为 91350100M000100246 的企业" in page
    page = await send(chen, path, 422, credit_code=CODE)
    assert "已经是会员" in page
    assert 'href="#credit_code"' in page
    await an_enterprise(platform, "榕城照明有限公司", "91350100M000100246")
    await caught_up(platform)
    page = await send(chen, path, credit_code="91350100m000100246")
    assert "榕城照明有限公司" in page
    assert "榕城照明有限公司" in await shown(chen, "/association/members")
    here = f"/association/members/{minhai.id}"
    page = await send(chen, f"{here}/leave", reason="不再经营这一行")
    assert minhai.name not in page
    page = await shown(chen, here)
    assert "已退会" in page
    assert f"{here}/leave" not in page


async def test_silence_is_judged_only_after_the_period(
    platform: Platform, minhai: PartyRef, chen: Client
) -> None:
    record = await signed(platform, minhai)
    assert f"{record}/not-met" not in await shown(chen, record)
    page = await send(chen, f"{record}/not-met", 422, reason="到期没有提交")
    assert "都可以提交证明材料" in page
    assert minhai.name in await shown(chen, "/association/signed?show=due")
    await send(chen, f"{record}/evidence", what="标签照片四十张")
    page = await send(chen, f"{record}/withdraw", reason="会员不再生产")
    assert "已撤回" in page
    assert "没有认定，会员已退出" in page
    assert "待认定" not in page
    assert "可以做什么" not in page


async def test_another_association_sees_nothing(
    platform: Platform, minhai: PartyRef, chen: Client
) -> None:
    record = await signed(platform, minhai)
    row = await platform.views.pledges.member_pledge(record.rpartition("/")[2])
    assert row is not None
    async with at_desk(platform, "外会", "secretary", OTHERS) as others:
        for path in (
            record,
            f"{record}/withdraw",
            f"/association/pledges/{row['pledge']}",
            f"/association/pledges/{row['pledge']}/sign",
            f"/association/members/{minhai.id}",
        ):
            await shown(others, path, 404)
        for path in ("pledges", "signed", "breaches", "members"):
            assert minhai.name not in await shown(others, f"/association/{path}")


async def test_the_portal_is_for_associations(platform: Platform, minhai: PartyRef) -> None:
    async with at_desk(platform, CONTACT.name, "contact", minhai) as contact:
        for path in ("", "/pledges", "/pledges/draft", "/signed", "/breaches", "/members"):
            await shown(contact, f"/association{path}", 403)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_page_opens_in_both_languages(
    platform: Platform, minhai: PartyRef, chen: Client, lang: str
) -> None:
    record = await signed(platform, minhai)
    row = await platform.views.pledges.member_pledge(record.rpartition("/")[2])
    assert row is not None
    pledge = f"/association/pledges/{row['pledge']}"
    acts = [f"{record}/{act}" for act in ("met", "not-met", "answer", "question", "evidence")]
    for path in (
        "/association", "/association?group=others", "/association/pledges?state=draft",
        "/association/pledges/draft", pledge, f"{pledge}/redraft", f"{pledge}/publish",
        f"{pledge}/sign", "/association/signed?show=nothing&page=7", record, f"{record}/withdraw",
        *acts, "/association/breaches?page=0", "/association/members",
        "/association/members/admit", f"/association/members/{minhai.id}",
        f"/association/members/{minhai.id}/leave",
    ):  # fmt: skip
        page = await shown(chen, f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert page.count("<h1") == 1, path


@pytest.mark.parametrize("path", ["pledges", "signed", "members"])
async def test_unknown_records_reveal_nothing(chen: Client, path: str) -> None:
    await shown(chen, f"/association/{path}/x", 404)
    await shown(chen, f"/association/{path}/{new_id()}", 404)
    await shown(chen, f"/association/{path}/{new_id()}/nothing", 404)
