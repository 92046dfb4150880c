"""A complaint that was begun stays on her own device, if she wishes, until she goes on with it."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
KEEP, FOUND = "[data-draft-keep] button", "[data-draft-found]"


async def begun(page: Page, served: str) -> None:
    await page.goto(f"{served}/complain")
    await page.fill("[name=respondent]", "䶮泉电动车行")
    await page.fill("[name=respondent_address]", "八一七路1号")
    await page.select_option("[name=place]", index=2)
    await page.click("main form.asked button:has-text('继续')")
    await page.fill("[name=facts]", "充电时冒烟")


async def test_what_was_begun_is_gone_on_with_another_day(served: str, browser: Browser) -> None:
    context = await browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 800})
    page = await context.new_page()
    await begun(page, served)
    await page.click(KEEP)
    assert "已存一个月" in await page.inner_text("[data-draft-keep]")
    await page.goto(f"{served}/complain")
    await page.click(f"{FOUND} button:has-text('接着填')")
    await page.wait_for_selector("[name=facts]")
    assert await page.input_value("[name=facts]") == "充电时冒烟"
    assert await page.input_value("[name=respondent]") == "䶮泉电动车行"
    await page.goto(f"{served}/complain")
    await page.click(f"{FOUND} button:has-text('删除')")
    await page.goto(f"{served}/complain")
    assert not await page.is_visible(FOUND)
    await context.close()


async def test_nothing_is_kept_unless_she_asks(served: str, browser: Browser) -> None:
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    await begun(page, served)
    await page.goto(f"{served}/complain")
    assert not await page.is_visible(FOUND)
    assert await page.evaluate("localStorage.length") == 0
    await context.close()


async def test_on_the_way_back_every_page_is_there_with_what_was_typed(
    served: str, browser: Browser
) -> None:
    context = await browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 800})
    page = await context.new_page()
    await begun(page, served)
    await page.click("main form.asked button:has-text('继续')")
    await page.wait_for_selector(".govuk-error-summary")
    await page.goto(f"{served}/track")
    await page.go_back()
    assert await page.input_value("[name=facts]") == "充电时冒烟"
    assert await page.is_visible(".govuk-error-summary")
    for _ in range(2):
        await page.go_back()
    assert await page.input_value("[name=respondent]") == "䶮泉电动车行"
    await context.close()
