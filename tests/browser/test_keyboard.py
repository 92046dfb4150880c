"""Keyboard: what is reached with the keys alone, in which order, and the documented access keys."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from tests.browser.test_pages import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
LIST = "/council/complaints"


async def focused(page: Page) -> str:
    """What has the focus: its text, name or id."""
    said: str = await page.evaluate(
        "(e => e.name || e.id || e.textContent.trim())(document.activeElement)"
    )
    return said


async def pressed(page: Page, key: str) -> str:
    await page.keyboard.press(key)
    return await focused(page)


async def test_a_list_is_reached_filtered_and_ticked_by_keys(served: str, browser: Browser) -> None:
    async with signed_in(browser, served, "fuzhou") as page:
        await page.goto(served + LIST)
        assert await pressed(page, "Tab") == "跳到正文"
        assert await pressed(page, "Tab") == "跳到列表"
        await page.keyboard.press("Enter")
        assert await pressed(page, "Tab") == "批量办理所选"
        assert await pressed(page, "Tab") == "本页全选"
        assert await pressed(page, "Tab") == "record"
        await page.keyboard.press("Space")
        assert await page.locator("input.pick").first.is_checked()
        assert (await pressed(page, "Tab")).startswith("GZ-")
        await page.locator("text=批量办理所选").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/council/many?**")
        assert await page.locator("h1").inner_text() == "批量办理"


async def test_access_keys_are_those_that_are_documented(served: str, browser: Browser) -> None:
    async with signed_in(browser, served, "fuzhou") as page:
        await page.goto(f"{served}/accessibility")
        told = [key.lower() for key in await page.locator("kbd").all_inner_texts()]
        await page.goto(served + LIST)
        keys = await page.eval_on_selector_all(
            "[accesskey]", "all => all.map(e => e.getAttribute('accesskey'))"
        )
        assert sorted(keys) == sorted(told)
        assert await page.locator("#q").get_attribute("accesskey") == "4"
