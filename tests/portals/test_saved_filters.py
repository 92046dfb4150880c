"""Filters of a list: kept under a name, shared with the unit, renamed, deleted; nobody else's."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from services.platform import Platform
from tests.people import COUNCIL, GULOU
from tests.portals.desks import Client, send, shown, whole
from tests.portals.joined import at_desk

pytestmark = pytest.mark.postgres
LIST = "/regulator/complaints"
FILTERED = f"{LIST}?q=充电器&state=received&whose="


@pytest.fixture
async def li(platform: Platform) -> AsyncIterator[Client]:
    async with at_desk(platform, "李强", "clerk", GULOU) as client:
        yield client


def links(page: str, words: str) -> list[str]:
    """Where links of these words lead."""
    return re.findall(rf'<a[^>]*href="([^"]*)"[^>]*>{words}', page)


async def kept(client: Client, name: str, at: str = FILTERED, **more: str) -> str:
    """Keep the filtered list under a name; the page that follows."""
    (new,) = links(await shown(client, at), "保存这个筛选")
    return await send(client, new, name=name, **more)


async def test_a_filter_is_kept_found_beside_the_list_and_deleted(li: Client) -> None:
    assert "保存这个筛选" not in await shown(li, LIST)
    page = await kept(li, "待我受理")
    (to,) = links(page, "待我受理")
    assert to.startswith(f"{LIST}?q=")
    assert "state=received" in to
    assert "保存这个筛选" not in page
    assert 'aria-current="true">待我受理' in await shown(li, to)
    assert "待我受理" in await shown(li, LIST)
    assert "待我受理" not in await shown(li, "/regulator/reports")
    (edit,) = links(await shown(li, "/saved"), "改名、共享、删除")
    page = await send(li, edit, name="本周受理")
    assert "本周受理" in page
    assert "待我受理" not in page
    await whole(li, "/saved", edit)
    form = await shown(li, edit)
    token = re.findall(r'name="csrf" value="([^"]+)"', form)[0]
    gone = await li.post(edit, data={"csrf": token, "act": "delete"})
    assert "本周受理" not in await gone.text()
    assert "本周受理" not in await shown(li, LIST)


async def test_what_cannot_be_kept_is_told_and_nothing_is_lost(li: Client) -> None:
    (new,) = links(await shown(li, FILTERED), "保存这个筛选")
    assert "给这个筛选起个名字" in await send(li, new, 422, name=" ")
    long = await send(li, new, 422, name="很长" * 30, shared="yes")
    assert "名字最多 40 个字" in long
    assert "很长很长" in long
    assert re.search(r'name="shared"[^>]* checked', long)
    await send(li, new, name="同名")
    assert "已经有一个叫“同名”的筛选" in await send(li, new, 422, name="同名")
    assert "没有筛选条件" in await send(li, f"/saved/new?list={LIST}", 422, name="空")
    for other in ("/council/complaints", "/admin/parties", "https://example.com"):
        await shown(li, f"/saved/new?list={other}", 404)


async def test_what_is_shared_is_the_units_own(platform: Platform, li: Client) -> None:
    await kept(li, "全局关注", shared="yes")
    await kept(li, "只给自己", f"{LIST}?whose=mine")
    (edit, *_) = links(await shown(li, "/saved"), "改名、共享、删除")
    async with (
        at_desk(platform, "吴芳", "head", GULOU) as wu,
        at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao,
    ):
        page = await shown(wu, LIST)
        assert "全局关注" in page
        assert "只给自己" not in page
        assert "由 李强 共享给本单位" in await shown(wu, edit)
        form = await shown(wu, edit)
        token = re.findall(r'name="csrf" value="([^"]+)"', form)[0]
        assert (await wu.post(edit, data={"csrf": token, "name": "改别人的"})).status == 404
        assert "全局关注" not in await shown(zhao, "/saved")
        await shown(zhao, edit, 404)
        await wu.post(edit, data={"csrf": token, "act": "delete"})
        assert "全局关注" not in await shown(li, LIST)
        assert "只给自己" in await shown(li, LIST)
