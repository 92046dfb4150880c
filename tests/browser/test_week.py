"""A council clerk's week, in the demo: from her desk on by links and forms alone, never outside.

With JavaScript and without. Sign-in, the four groups, taking charge of several at once, accepting
and refusing, sessions, an agreement, its letter and delivery, what others entrusted, handing over,
the month's figures.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from playwright.async_api import Browser

from deploy.postgres import Server
from events.event import today
from tests.browser.telling import TOLD, a_date
from tests.browser.test_pages import signed_in
from tests.browser.world import Someone, World, serving
from tests.database import Dsns, copy_of, drop_database
from tests.opening import open_platform
from tests.portals.lodging import number_on

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
FIRM = "福州嘉龙电子实业有限公司"
DAY = today() + timedelta(days=7)
DATED = {"year": DAY.year, "month": DAY.month, "day": DAY.day}


@pytest.fixture
async def copied(server: Server, province: Dsns, tmp_path: Path) -> AsyncIterator[str]:
    """The demo province, to do with as one likes."""
    dsns = copy_of(server, province)
    async with (
        open_platform(dsns.owner, dsns.app) as platform,
        serving(platform, tmp_path) as address,
    ):
        yield address
    drop_database(server, dsns)


@pytest.mark.parametrize("scripted", [True, False], ids=["js", "plain"])
async def test_a_clerk_runs_a_whole_week_without_leaving_her_portal(
    copied: str, browser: Browser, scripted: bool
) -> None:
    pictures = os.environ.get("GONGZHI_PICTURES")
    async with signed_in(browser, copied, "fuzhou", scripted) as page:
        shown = Path(pictures) if pictures else None
        place = SimpleNamespace(address=copied, pictures=shown, scripted=scripted)
        clerk, been = Someone(page, cast(World, place)), []
        page.on("framenavigated", lambda frame: been.append(frame.url.removeprefix(copied)))
        await clerk.sees("等待你处理", "等别人", "本周到期", "已逾期")
        numbers = [await written(clerk, facts) for facts in ("充电时冒烟", "三年前买的，不好用")]
        await several_are_taken_at_once(clerk, numbers)
        await one_is_refused(clerk, numbers[1])
        await one_is_accepted_and_mediated(clerk, numbers[0])
        await the_agreement_is_a_letter_and_delivered(clerk)
        await another_is_handed_over(clerk)
        await the_rest_is_looked_at(clerk)
    outside = [each for each in been if not each.startswith(("/council", "/late", "/notices"))]
    assert outside == []


async def written(clerk: Someone, facts: str) -> str:
    await clerk.steps("投诉")
    await clerk.follows("登记")
    await clerk.fills(**{**TOLD, "respondent": FIRM, "facts": facts})
    return number_on(await clerk.presses("登记投诉"))


async def several_are_taken_at_once(clerk: Someone, numbers: list[str]) -> None:
    await clerk.steps("投诉")
    for number in numbers:
        row = clerk.page.locator(f"tr:has-text('{number}')")
        await row.locator("input.pick").check()
    await clerk.page.locator("text=批量办理所选").click()
    await clerk.page.wait_for_url("**/council/many**")
    await clerk.fills(act="claim")
    await clerk.presses("批量办理")
    await clerk.sees("已办 2", *numbers)
    await clerk.picture("week-many")


async def one_is_refused(clerk: Someone, number: str) -> None:
    await clerk.steps("投诉")
    await clerk.follows(number)
    await clerk.follows("不予受理")
    await clerk.fills(ground="R4", reason="购买发生在三年以前，已超过期限")
    await clerk.presses("不予受理")
    await clerk.sees("决定不予受理投诉")


async def one_is_accepted_and_mediated(clerk: Someone, number: str) -> None:
    await clerk.steps("投诉")
    await clerk.follows(number)
    await clerk.follows("受理")
    await clerk.presses("受理")
    await clerk.follows("开始调解")
    await clerk.presses("开始调解")
    await clerk.follows("通知调解")
    await clerk.fills(
        **a_date("day", **DATED), time="9:30", meeting="place", place="二楼调解室", mediator="林平"
    )
    await clerk.presses("通知调解")
    await clerk.sees("主持调解并记录经过")
    await clerk.follows("记录调解经过")
    await clerk.fills(meeting="phone", mediator="林平", present=["consumer", "enterprise"])
    await clerk.presses("记录调解经过")
    await clerk.follows("记录达成协议")
    await clerk.fills(
        remedy="refund", terms="全额退款", paper="paper", **a_date("perform_by", **DATED)
    )
    await clerk.presses("记录达成协议")
    await clerk.sees("达成协议", "回访协议是否履行", f"{DAY.year}年{DAY.month}月{DAY.day}日")
    await clerk.picture("week-agreed")


async def the_agreement_is_a_letter_and_delivered(clerk: Someone) -> None:
    await clerk.follows("文书：制作、送达")
    await clerk.page.click("section.letter:has-text('投诉调解书') button")
    await clerk.follows("记录送达")
    await clerk.picture("week-delivery")
    way = clerk.page.locator("main [name=way]").first
    await clerk.fills(way=await way.get_attribute("value"))
    await clerk.presses("记录送达")
    await clerk.sees("已送达")


async def another_is_handed_over(clerk: Someone) -> None:
    await clerk.page.click(
        "nav[aria-label] a:has-text('GZ-'), .govuk-breadcrumbs a:has-text('GZ-')"
    )
    await clerk.follows("变更承办人")
    await clerk.fills(to="厦门市消费者权益保护委员会", reason="经营者已迁往厦门，由其跟进履行")
    await clerk.presses("变更承办人")
    await clerk.sees("等待答复", "厦门市消费者权益保护委员会")
    await clerk.follows("撤回移交")
    await clerk.presses("撤回移交")


async def the_rest_is_looked_at(clerk: Someone) -> None:
    await clerk.steps("移交")
    await clerk.sees("其他单位或者同事请你们承办的案件")
    await clerk.steps("受托调解")
    await clerk.sees("监管部门委托你们调解的投诉", "委托单位")
    await clerk.follows("GZ-")
    await clerk.sees("名义调解")
    await clerk.steps("月报")
    page = await clerk.unfolds()
    assert re.search(r"n = \d", page) or "办理" in page
    await clerk.picture("week-figures")
    await clerk.steps("工作台")
    await clerk.sees("等待你处理", "等别人", "本周到期", "已逾期")
