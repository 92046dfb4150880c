"""S2: an officer finds a repeat, merges it, and separates it again; nothing is lost by it."""

from __future__ import annotations

import re

import pytest

from tests.journeys.people import MEMBER, Person, person
from tests.portals.lodging import number_on

pytestmark = pytest.mark.postgres

TOLD = {
    "channel": "phone", "respondent": MEMBER, "respondent_address": "鼓楼区工业路1号",
    "category": "quality", "product": "闽海48V充电器 2406批", "facts": "充电时冒烟",
    "injury": "no", "request": "退货退款", "may_mediate": "yes", "may_publish": "no",
    "address": "福州市鼓楼区",
}  # fmt: skip
LEAD = {"name": "王先生", "phone": "13900001111"}
FOURTH = {"name": "孙女士", "phone": "13900002222"}
WHY = "同一批次同一问题，同一经营者"
OTHER = "批次不同，是另一件事"


async def test_merged_and_separated(served: str) -> None:
    async with person(served, "fuzhou") as clerk, person(served) as consumer:
        first, first_number = await recorded(clerk, **LEAD)
        fourth, number = await recorded(clerk, **FOURTH)
        await consumer.sends("/track", number=number, digits="2222")
        before = deadline(await consumer.sees("/track/complaint"))
        listed = await counted(clerk)
        await it_is_merged(clerk, first, fourth, first_number, number)
        assert await counted(clerk) == listed - 1
        told = await consumer.sees("/track/complaint")
        assert "与另一件同样的投诉一起办理" in told
        assert first_number not in told, "whose the other one is, is nobody else's business"
        await it_is_separated(clerk, first, fourth, first_number, number)
        assert await counted(clerk) == listed
        after = await consumer.sees("/track/complaint")
        assert "恢复单独办理" in after
        assert deadline(after) == before


async def recorded(clerk: Person, **who: str) -> tuple[str, str]:
    """The id and the number of a complaint that the council writes down."""
    page = await clerk.sends("/council/new", **TOLD, **who)
    (id,) = set(re.findall(r"/council/complaints/([0-9a-f-]{36})/accept", page))
    return id, number_on(page)


async def it_is_merged(
    clerk: Person, first: str, fourth: str, first_number: str, number: str
) -> None:
    path = f"/council/complaints/{fourth}"
    asked = {"how": "duplicate", "reason": WHY}
    assert first_number in await clerk.sees(f"{path}/merge"), "what is like it is named"
    unknown = await clerk.sends(f"{path}/merge", status=422, into_number=number, **asked)
    assert "请填写本单位办理的另一件投诉的编号" in unknown
    page = await clerk.sends(f"{path}/merge", into_number=first_number, **asked)
    assert "已并案" in page
    assert f"并入 {first_number}" in page
    assert number in await clerk.sees(f"/council/complaints/{first}")


async def it_is_separated(
    clerk: Person, first: str, fourth: str, first_number: str, number: str
) -> None:
    page = await clerk.sends(f"/council/complaints/{fourth}/separate", reason=OTHER)
    assert "已收到" in page
    assert f"从 {first_number} 中分出" in page
    assert f"并入 {first_number}" in page, "nothing is removed from the history"
    lead = await clerk.sees(f"/council/complaints/{first}")
    assert f"将投诉 {number} 并入本件" in lead
    assert f"将投诉 {number} 从本件" in lead


async def counted(clerk: Person) -> int:
    """How many complaints are on the list."""
    found = re.search(r"共 <span class=\"figures\">([\d,]+)</span> 条",
                      await clerk.sees("/council/complaints"))  # fmt: skip
    assert found
    return int(found[1].replace(",", ""))


def deadline(page: str) -> str:
    """What the page says about until when."""
    found = re.search(r"<dt>为什么</dt><dd>(.*?)</dd>", page, re.S)
    return found[1] if found else ""
