"""The page of security events: who reads it, what stands on it, its filters."""

from __future__ import annotations

import pytest

from events.event import today
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import COUNCIL, OPERATOR
from tests.portals.desks import Client, hidden, shown, whole
from tests.portals.joined import at_desk
from tests.portals.reading import Html, faults

pytestmark = pytest.mark.postgres
HERE = "/admin/security"


async def guesses(client: Client, name: str, times: int) -> None:
    """So many wrong passwords for a name, by somebody who is not signed in."""
    client.session.cookie_jar.clear()
    for n in range(times):
        page = await (await client.get("/sign-in")).text()
        typed = {**hidden(page), "name": name, "password": f"猜的口令 {n}"}
        assert (await client.post("/sign-in", data=typed)).status in (422, 423, 429)


async def test_what_was_refused_and_changed_stands_there(platform: Platform) -> None:
    async with (
        at_desk(platform, "韩青", "security", OPERATOR) as security,
        at_desk(platform, "林涛", "system", OPERATOR) as system,
        at_desk(platform, "赵敏", "clerk", COUNCIL) as zhao,
        at_desk(platform, "陌生人", "head", COUNCIL) as stranger,
    ):
        empty = await shown(security, f"{HERE}?kind=limited")
        assert "没有符合条件的安全事件" in empty
        assert HERE in await shown(security, "/admin"), "in her navigation, and on her first page"
        await shown(zhao, "/admin", 403)
        await guesses(stranger, f"clerk.{COUNCIL.id[-4:]}", 10)
        await platform.notes.record()
        await caught_up(platform)
        page = await shown(security, f"{HERE}?kind=refused")
        assert "登录失败，登录名或者口令不对" in page
        assert " · 口令" in page
        assert "赵敏" not in page, "a name that was tried is a mark"
        page = await shown(security, f"{HERE}?kind=denied")
        assert "赵敏" in page
        assert "<code>/admin</code>" in page
        assert "赵敏 的登录名因连续输错 10 次被锁定" in await shown(security, f"{HERE}?kind=locked")
        await filters(security)
        await shown(system, HERE, 403)
        assert HERE not in await shown(system, "/admin")
        await shown(zhao, HERE, 403)
    async with at_desk(platform, "何洁", "auditor", OPERATOR) as auditor:
        assert HERE in await shown(auditor, "/admin")
        await whole(auditor, HERE)


async def filters(security: Client) -> None:
    """By name, by sign-in name, by day; each can be taken away."""
    page = await shown(security, f"{HERE}?person=赵敏")
    assert page.count("赵敏 的登录名因连续输错") == 1
    assert "授予 陌生人" not in page, "of others nothing"
    assert "授予 赵敏" in await shown(security, f"{HERE}?kind=rights")
    assert "去掉筛选：" in page
    assert "没有符合条件" in await shown(security, f"{HERE}?person=没有这个人")
    assert "被锁定" in await shown(security, f"{HERE}?kind=locked&day={today()}")
    assert "没有符合条件" in await shown(security, f"{HERE}?kind=locked&day=2020-01-01")
    wrong = await shown(security, f"{HERE}?day=2026-13-01", 422)
    assert "2026-13-01”不是日期" in wrong
    assert "被锁定" in wrong, "and all days are shown"
    await whole(security, HERE)
    page = await (await security.get(f"{HERE}?kind=locked&day={today()}&lang=en")).text()
    assert faults(Html(page), "en") == [], "the filters that are on, too"
