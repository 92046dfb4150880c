"""S9 through the portals: three items, two officers, blind votes, a joint conclusion, round two."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from events.event import today
from events.ids import new_id
from services.actions import enforcement as e
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import CONTACT, LI, MINHAI, SUN, WU
from tests.portals.desks import Client, send, send_anyway, shown, signed_in, whole

pytestmark = pytest.mark.postgres

WHY = "照片看不出是哪个批次，无法对应"
ACCEPTED = {"vote_1": "accepted", "vote_2": "accepted", "vote_3": "accepted"}
AGAINST = {**ACCEPTED, "vote_3": "not_accepted"}


@pytest.fixture
async def answered(platform: Platform) -> str:
    """A rectification order that the enterprise answered."""
    about, do = {"follow_up": new_id()}, platform.perform
    opened = e.OpenFollowUp(
        by=LI, enterprise=MINHAI, source="own", matter="充电器没有认证", **about
    )
    await do(e.open_follow_up, opened)
    issued = e.IssueDirective(
        by=LI, directive="rectification", demands="停止销售并召回", basis="第五十条",
        due=today() + timedelta(days=10), **about,
    )  # fmt: skip
    await do(e.issue_directive, issued)
    await do(e.deliver_directive, e.DeliverDirective(by=LI, how="当面送达", **about))
    await do(e.answer_directive, e.AnswerDirective(by=CONTACT, answer="已经全部下架", **about))
    await caught_up(platform)
    return str(about["follow_up"])


async def hands_in(contact: Client, id: str) -> None:
    """The enterprise's three items, and what it may not."""
    path = f"/enterprise/directives/{id}"
    for what in ("下架照片 12 张", "供货商检验报告", "培训签到照片"):
        page = await send(contact, f"{path}/item", what=what)
    assert "培训签到照片" in page
    assert "待核验" in page


async def nowhere(platform: Platform, reader: Client, id: str) -> None:
    """What is sealed stands in no page, no file, no table and not in the log in clear."""
    await caught_up(platform)
    for path in (f"/regulator/followups/{id}", "/regulator/trail", "/regulator/trail.csv",
                 f"/regulator/enterprises/{MINHAI.id}", "/regulator/followups"):  # fmt: skip
        response = await reader.get(path)
        text = await response.text()
        assert WHY not in text, path
        assert "不予认可" not in text, path
    async with platform.pool.connection() as connection:
        for part in (WHY, "not_accepted"):
            sql = "select count(*) from log.events where position(%s::bytea in state::bytea) > 0"
            row = await (await connection.execute(sql, (part.encode(),))).fetchone()
            assert row is not None
            assert row[0] == 0


async def test_the_cure_is_verified_by_two_who_do_not_see_each_other(
    platform: Platform, answered: str
) -> None:
    here = f"/regulator/followups/{answered}"
    async with AsyncExitStack() as stack:
        contact, li, wu, sun = [
            await stack.enter_async_context(signed_in(platform, by))
            for by in (CONTACT, LI, WU, SUN)
        ]
        await hands_in(contact, answered)
        await li_only_reads(platform, li, here)
        page = await send(wu, f"{here}/vote", 422, **AGAINST)
        assert "请说明第3项不予认可的理由" in page
        assert "两人核验还没有完成" in await send_anyway(
            wu, f"{here}/vote", f"{here}/passes", 422, finding="看起来没有问题"
        )
        page = await send(wu, f"{here}/vote", **AGAINST, comment_3=WHY)
        assert "1/2 已提交" in page
        await nowhere(platform, sun, answered)
        page = await shown(sun, here)
        assert "1/2 已提交" in page
        page = await send(sun, f"{here}/vote", **ACCEPTED)
        assert "意见不一致" in page
        for reader in (sun, wu):
            assert WHY in await shown(reader, here)
        assert WHY not in await shown(contact, f"/enterprise/directives/{answered}")
        await they_conclude(wu, sun, here)
        await round_two(platform, contact, wu, answered)


async def li_only_reads(platform: Platform, li: Client, here: str) -> None:
    page = await shown(li, here)
    assert "供货商检验报告" in page
    assert f"{here}/vote" not in page
    assert "该文书由您发出，不能由您核验" in page
    await shown(li, f"{here}/vote", 403)
    await send_anyway(li, f"{here}/item", f"{here}/vote", 403, vote_1="accepted")
    await caught_up(platform)
    assert "尝试“核验整改证据”，未被允许" in await shown(li, here)


async def they_conclude(wu: Client, sun: Client, here: str) -> None:
    settled = {"item": "3", "vote": "not_accepted", "conclusion": "请补充能看出批次的照片"}
    page = await send(wu, f"{here}/conclude", **settled)
    assert "待另一人确认" in page
    assert f"{here}/confirm" not in page
    page = await send(sun, f"{here}/confirm", item="3")
    assert "已确认" in page
    assert "第 3 项没有获得认可" in await send_anyway(
        sun, f"{here}/item", f"{here}/passes", 422, finding="看起来没有问题"
    )


async def round_two(platform: Platform, contact: Client, wu: Client, id: str) -> None:
    path = f"/enterprise/directives/{id}"
    page = await shown(contact, path)
    assert "请补充能看出批次的照片" in page
    assert "孙洁" not in page
    page = await send(contact, f"{path}/replace", item="3", what="带批次号的培训照片")
    assert "第 2 轮" in page
    page = await shown(wu, f"/regulator/followups/{id}/vote")
    assert "带批次号的培训照片" in page
    assert "供货商检验报告" not in page, "the votes on the others stand"
    page = await shown(wu, f"/regulator/followups/{id}")
    assert WHY in page, "the earlier votes stay in the history"
    here = f"/regulator/followups/{id}"
    await whole(wu, here, f"{here}/vote", f"{here}/item", f"{here}/replace")
    await whole(contact, path, f"{path}/item", f"{path}/replace")
