"""Invitations: a code that works once, for fourteen days, until another takes its place."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from events.event import Acting
from portals.app import make_app
from services import desk
from services.platform import Platform
from services.settings import Settings
from tests.caught_up import caught_up
from tests.portals.desks import Client, hidden, send, shown
from tests.portals.test_admin import admin, browser, council, guard, minder, root, works

pytestmark = pytest.mark.postgres
__all__ = ["admin", "guard", "minder", "root"]
FRESH = "这是她自己想的一句口令"
HERS = {"name": "赵敏", "sign_in": "zhao.min", "password": FRESH + "呀"}


@pytest.fixture
async def she(platform: Platform) -> AsyncIterator[Client]:
    """The browser of somebody without an account."""
    app = make_app(platform, Settings(secret="of the tests"))  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        yield client


async def invited(guard: Client, party: str) -> str:
    """The code of a new invitation."""
    page = await send(
        guard,
        f"/admin/parties/{party}/invite",
        name="赵敏",
        contact="zhao@example.cn",
        role="clerk",
    )
    return code_in(page)


def code_in(page: str) -> str:
    found = re.search(r"/invitation\?code=([\w-]{32})", unescape(page))
    assert found, page
    return found[1]


async def accept(she: Client, code: str, status: int, **typed: Any) -> str:
    page = await (await she.get(f"/invitation?code={code}")).text()
    sent = await she.post(
        "/invitation", data={**hidden(page), **HERS, **typed}, allow_redirects=False
    )
    text = await sent.text()
    assert sent.status == status, text
    return unescape(text)


async def test_who_was_invited_opens_her_account(
    platform: Platform, guard: Client, she: Client
) -> None:
    body = await council(platform)
    code = await invited(guard, body.id)
    await caught_up(platform)
    assert body.name in await (await she.get(f"/invitation?code={code}")).text()
    assert "太容易猜到" in await accept(she, code, 422, password="passwordpassword")
    assert "3 至 40" in await accept(she, code, 422, sign_in="赵敏")
    await accept(she, code, 303)
    await caught_up(platform)
    person = await platform.views.directory.by_sign_in("zhao.min")
    assert person is not None
    assert [held["role"] for held in person["held"]] == ["clerk"]
    assert await desk.check_password(platform.pool, "zhao.min", HERS["password"]) == person["id"]
    assert "没有这个邀请码" in await (await she.get(f"/invitation?code={code}")).text()
    page = await shown(guard, f"/admin/parties/{body.id}?part=invited")
    assert "已接受" in page
    said = [row["zh"] for row in (await platform.views.trail.search(subject="invitations")).rows]
    assert any("邀请 赵敏 担任" in each for each in said), "who may read the trail reads the name"


async def test_renewing_and_revoking(platform: Platform, guard: Client, she: Client) -> None:
    body = await council(platform)
    first = await invited(guard, body.id)
    await caught_up(platform)
    (row,) = (await platform.views.directory.invitations(body.id)).rows
    path = f"/admin/invitations/{row['id']}"
    page = await shown(guard, path)
    renewed = await guard.post(f"{path}/renew", data={"csrf": hidden(page)["csrf"]})
    second = code_in(await renewed.text())
    assert (await she.get(f"/invitation?code={first}")).status == 422
    assert (await she.get(f"/invitation?code={second}")).status == 200
    await send(guard, f"{path}/revoke", 422, reason="短")
    assert (await she.get(f"/invitation?code={second}")).status == 200
    await send(guard, f"{path}/revoke", reason="岗位已经有人")
    assert (await she.get(f"/invitation?code={second}")).status == 422


async def test_after_fourteen_days_it_works_no_more(
    platform: Platform, guard: Client, she: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from services import inviting

    code = await invited(guard, (await council(platform)).id)
    today = inviting.today()
    monkeypatch.setattr(inviting, "today", lambda: today + timedelta(days=14))
    assert (await she.get(f"/invitation?code={code}")).status == 200
    monkeypatch.setattr(inviting, "today", lambda: today + timedelta(days=15))
    assert "已经过期" in await (await she.get(f"/invitation?code={code}")).text()


async def test_who_has_an_account_takes_the_role_with_it(
    platform: Platform, root: Acting, guard: Client
) -> None:
    other = await council(platform, "350000")
    person = await works(platform, other, "clerk", "zhao.min")
    code = await invited(guard, (await council(platform)).id)
    async with browser(platform, person) as she:
        page = await (await she.get(f"/invitation?code={code}")).text()
        await she.post("/invitation/take", data=hidden(page))
    await caught_up(platform)
    roles = await platform.views.directory.roles(person)
    assert len(roles) == 2


async def test_an_administrator_invites_for_her_own_party(
    platform: Platform, root: Acting, guard: Client, minder: Client
) -> None:
    own, other = await council(platform), await council(platform, "350000")
    await invited(minder, own.id)
    assert (await minder.get(f"/admin/parties/{other.id}/invite")).status == 404
    await invited(guard, other.id)
    await caught_up(platform)
    (row,) = (await platform.views.directory.invitations(other.id)).rows
    assert (await minder.get(f"/admin/invitations/{row['id']}")).status == 404
