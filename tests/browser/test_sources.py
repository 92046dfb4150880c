"""A date says which notice it rests on; however long its address is, the page fits a phone."""

from __future__ import annotations

import pytest

from services.actions.calendars import load_calendar_year
from tests.browser.world import PHONE, World
from tests.caught_up import caught_up
from tests.timekeeping.papers import days, loading, paper

pytestmark = pytest.mark.postgres

NOTICE = "https://www.gov.cn/zhengce/zhengceku/202611/content_7012345678901234567890.htm"


async def test_a_notice_with_a_long_address_fits_a_phone(world: World) -> None:
    content = paper(2027, days("2027-02-05", 8), ["2027-01-31"], NOTICE)
    await world.platform.perform(load_calendar_year, loading(content))
    await caught_up(world.platform)
    someone = await world.visitor()
    await someone.page.set_viewport_size(PHONE)
    await someone.page.goto(f"{world.address}/clock/C1?from=2026-12-24")
    assert NOTICE in await someone.page.inner_text("main")
    assert await someone.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
