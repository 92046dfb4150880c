"""The administrator sees which days an arrangement has, before it is loaded and afterwards."""

from __future__ import annotations

import re
from html import unescape

import aiohttp
import pytest

from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import OPERATOR
from tests.portals.desks import Client, shown
from tests.portals.joined import at_desk
from tests.portals.lodging import fields
from tests.timekeeping.papers import days, paper

pytestmark = pytest.mark.postgres
HERE = "/admin/calendars"


def plain(page: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", " ", page)))


async def looked_at(client: Client, content: bytes) -> str:
    """The page that shows what the file would change."""
    typed = fields(await shown(client, HERE))
    form = aiohttp.FormData([("csrf", typed["csrf"])])
    form.add_field("file", content, filename="2027.json")
    sent = await client.post(HERE + "/look", data=form)
    assert sent.status == 200
    return await sent.text()


async def test_the_days_of_a_year_that_is_shipped(platform: Platform) -> None:
    async with at_desk(platform, "系统管理员", "system", OPERATOR) as client:
        assert 'href="/admin/calendars/2026"' in await shown(client, HERE)
        page = plain(await shown(client, HERE + "/2026"))
        assert "国庆节2026年10月1日2026年10月7日7" in page
        assert "2026年10月10日（周六）：国庆节" in page
        english = plain(await shown(client, HERE + "/2026?lang=en"))
        assert "SpringFestival15February202623February20269" in english
        await shown(client, HERE + "/2031", 404)


async def test_the_days_of_a_file_are_seen_before_it_is_loaded(platform: Platform) -> None:
    content = paper(2027, days("2027-02-05", 8), ["2027-02-13"])
    async with at_desk(platform, "系统管理员", "system", OPERATOR) as client:
        page = await looked_at(client, content)
        for part in ("春节2027年2月5日2027年2月12日8", "2027年2月13日（周六）：春节"):
            assert part in plain(page)
        await shown(client, HERE + "/2027", 404)
        loaded = await client.post(HERE, data=fields(page))
        assert loaded.status == 200
        await caught_up(platform)
        assert "春节2027年2月5日2027年2月12日8" in plain(await shown(client, HERE + "/2027"))
