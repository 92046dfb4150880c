"""Lodging in a browser: with scripts nothing is asked, without a code; both end at the receipt."""

from __future__ import annotations

import re

import pytest

from events.complaints import ComplaintRegistered
from tests.browser.lodging import code_for, lodges, to_the_check
from tests.browser.world import World
from tests.people import OPERATOR

pytestmark = [pytest.mark.browser, pytest.mark.postgres]


async def test_a_complaint_is_lodged(world: World) -> None:
    she = await world.visitor()
    await to_the_check(she)
    await she.picture("human-check")
    if world.scripted:
        await she.misses("验证码")
        await lodges(she)  # at once: the browser sends it when its work is done
    else:
        await without_scripts(world)
    (only,) = await world.platform.log.of_kinds([ComplaintRegistered])
    assert isinstance(only.event, ComplaintRegistered)


async def without_scripts(world: World) -> None:
    """She finds the code where the page says that it stands: no gateway is set here."""
    she = await world.visitor()
    await to_the_check(she)
    await she.sees("您的浏览器没有运行脚本", "139****5678", "/admin/outbox")
    await she.presses("提交投诉", status=422)
    assert await she.errors() == ["请先输入验证码：点“发送验证码”，再填收到的 6 位数字"]
    await she.presses("发送验证码")
    await she.sees("验证码已发到 139****5678")
    await she.picture("human-code-sent")
    code = await code_for(she)
    await she.misses(code)
    admin = await world.at_desk("林涛", "system", OPERATOR)
    await admin.opens("/admin/outbox")
    await admin.picture("human-outbox")
    await admin.page.locator("main table a").first.click()
    await admin.sees(code, "13900005678")
    await admin.picture("human-message")
    await she.fills(code=f"{(int(code) + 1) % 10**6:06}")
    await she.presses("提交投诉", status=422)
    await she.picture("human-wrong")
    await she.fills(code=code)
    await she.page.press("#code", "Enter")
    await she.page.wait_for_url(re.compile("/receipt/"))


async def test_a_report_is_made(world: World) -> None:
    she = await world.visitor()
    await she.opens("/report")
    await she.fills(
        place="350102", respondent="无名小店", respondent_address="工业路2号", category="quality",
        facts="夜里装没有标志的充电器", danger="no", anonymous="yes", reward_wanted="no",
    )  # fmt: skip
    async with she.page.expect_navigation(url=re.compile("/report/receipt")):
        await she.page.click("main button:has-text('提交举报')")
    await she.sees("举报已收到", "查询码")
