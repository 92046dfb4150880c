"""What consumers of the scenarios tell, and the officers who write it down."""

from __future__ import annotations

import re
from typing import Any

from tests.browser.world import MINHAI, Someone
from tests.portals.lodging import number_on

TOLD: dict[str, Any] = {
    "channel": "phone", "respondent": MINHAI, "respondent_address": "鼓楼区工业路1号",
    "category": "quality", "product": "闽海 48V 充电器 2406批", "facts": "充电时冒烟，外壳变形",
    "injury": "no", "request": "退货退款", "may_mediate": "yes", "may_publish": "no",
    "name": "林月", "phone": "13900005678", "address": "福州市鼓楼区",
}  # fmt: skip


async def written_down(officer: Someone, portal: str, **told: str) -> tuple[str, str]:
    """The address and the number of a complaint that the officer recorded for a consumer."""
    await officer.opens(f"{portal}/new")
    await officer.fills(**{**TOLD, **told})
    page = await officer.presses("登记投诉")
    found = re.search(r"(/\w+/complaints/[0-9a-f-]{36})", officer.page.url)
    assert found, page
    return found[1], number_on(page)


async def tracks(consumer: Someone, number: str, digits: str = "5678") -> str:
    """Her own page, found by number and digits."""
    await consumer.opens("/track")
    await consumer.fills(number=number, digits=digits)
    return await consumer.presses("查询")


def a_date(name: str, year: int, month: int, day: int) -> dict[str, int]:
    """A date in its three parts."""
    return {f"{name}__year": year, f"{name}__month": month, f"{name}__day": day}
