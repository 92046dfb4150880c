"""Figures of a month: counted on the desk, published by the head, read by everybody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from events.event import today
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import LI, WU
from tests.portals.desks import Client, send, shown, signed_in, whole
from tests.portals.lodging import Places, know, lodge, visitor

pytestmark = pytest.mark.postgres
HERE = "/regulator/figures"
LAST = (today().replace(day=1) - timedelta(days=1)).isoformat()[:7]


@pytest.fixture
async def wu(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, WU) as client:
        know(platform)
        yield client


async def test_a_head_publishes_and_everybody_reads(platform: Platform, wu: Client) -> None:
    async with visitor(platform) as she:
        await lodge(she)
        await caught_up(platform)
        size = await platform.log.size()
        page = await send(wu, f"{HERE}?month={LAST}&upto={size}")
        assert "已记录：公布本月数据" in page
        assert "重算结果一致" in page
        again = await send(wu, f"{HERE}?month={LAST}&upto={size}", 409)
        assert "公布的数据不能替换" in again
        public = await shown(she, "/figures")
        assert LAST in public
        assert WU.party.name in public
        await whole(wu, HERE)
        await whole(she, "/figures")
        await _what_is_not_offered(platform, wu)


async def _what_is_not_offered(platform: Platform, wu: Client) -> None:
    """No form while the month goes on, none for a clerk; what names nothing is said."""
    page = await shown(wu, f"{HERE}?month={today().isoformat()[:7]}")
    assert "公布本月数据" not in page
    for asked in ("month=2026-13", "month=x", "upto=0", "upto=99999", "upto=-1"):
        await shown(wu, f"{HERE}?{asked}", 404)
    async with signed_in(platform, LI) as client:
        assert "公布本月数据" not in await shown(client, f"{HERE}?month={LAST}")


async def test_all_bodies_together_are_published_by_the_regulator_of_the_province(
    platform: Platform, wu: Client
) -> None:
    async with visitor(platform) as she:
        await lodge(she)
    await caught_up(platform)
    here = f"{HERE}/together?month={LAST}"
    await shown(wu, here, 404)
    assert "全省合计：公开的内容和公布" not in await shown(wu, f"{HERE}?month={LAST}")
    platform.views.directory = Province()  # type: ignore[assignment,attr-defined,unused-ignore]
    upto = await platform.log.size()
    assert "全省合计：公开的内容和公布" in await shown(wu, f"{HERE}?month={LAST}")
    page = await send(wu, f"{here}&upto={upto}")
    assert "已记录：公布全省合计" in page
    assert "重算结果一致" in page
    await whole(wu, f"{here}&upto={upto}")
    async with visitor(platform) as she:
        assert "全省合计" in await shown(she, "/figures")
        await whole(she, "/figures")


class Province(Places):
    """WU's office answers for the whole province."""

    async def party(self, id: str) -> dict[str, object] | None:
        return {"id": id, "level": "province"} if id == WU.party.id else await super().party(id)
