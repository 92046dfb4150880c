"""Remembered: a list is answered from memory only to her it was made for, and only while true."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from yarl import URL

from portals import remembered
from portals.remembered import REMEMBERED, Remembered
from services import desk, sessions
from services.actions import complaints as c
from services.platform import Platform
from services.views.complaint_register import ComplaintRegister
from tests.caught_up import caught_up
from tests.people import LI, ZHAO
from tests.portals.desks import Client, shown, signed_in
from tests.portals.lodging import a_complaint, know

pytestmark = pytest.mark.postgres
LIST = "/council/complaints"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """For which body the register was asked of the database, each time."""
    seen: list[str] = []
    handled_by = ComplaintRegister.handled_by

    async def noted(self: ComplaintRegister, party: str, **asked: Any) -> Any:
        seen.append(party)
        return await handled_by(self, party, **asked)

    monkeypatch.setattr(ComplaintRegister, "handled_by", noted)
    return seen


@pytest.fixture(autouse=True)
def same_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "minute", lambda: 1)


@pytest.fixture
async def zhao(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, ZHAO) as client:
        know(platform)
        await platform.catch_up()
        yield client


async def listens(platform: Platform) -> None:
    """Whatever was told so far has been heard."""
    await caught_up(platform)
    async with asyncio.timeout(60):  # it begins by itself, later on a busy machine
        while platform.heard is None:
            await asyncio.sleep(0.02)


async def test_nothing_new_is_not_asked_again(
    platform: Platform, zhao: Client, asked: list[str]
) -> None:
    number = (await a_complaint(platform))["number"]
    await listens(platform)
    first = await shown(zhao, LIST)
    assert number in first
    assert await shown(zhao, LIST) == first
    assert len(asked) == 1
    assert number not in await shown(zhao, f"{LIST}?state=closed")
    assert (await zhao.get(f"{LIST}?lang=en")).cookies["lang"].value == "en"
    assert "Complaints" in await shown(zhao, LIST)


async def test_what_anybody_does_is_on_the_next_page(
    platform: Platform, zhao: Client, asked: list[str]
) -> None:
    await listens(platform)
    for _ in range(3):
        await shown(zhao, LIST)
        number = (await a_complaint(platform))["number"]
        await listens(platform)
        assert number in await shown(zhao, LIST)


async def test_what_she_just_did_is_there_and_said_once(
    platform: Platform, zhao: Client, asked: list[str]
) -> None:
    row = await a_complaint(platform)
    number, id = row["number"], row["id"]
    await listens(platform)
    assert "已受理" not in _row(await shown(zhao, LIST), number)
    done = await platform.perform(c.accept_complaint, c.AcceptComplaint(by=ZHAO, complaint=id))
    after = await shown(zhao, f"{LIST}?at={done.last}&done=AcceptComplaint")
    assert "已记录：受理" in after
    assert "已受理" in _row(after, number)
    plain = await shown(zhao, LIST)
    assert "已记录" not in plain
    assert "已受理" in _row(plain, number)


async def test_nobody_else_sees_it(platform: Platform, zhao: Client, asked: list[str]) -> None:
    """Not a person of another body, not another session of the same person, not who is out."""
    await listens(platform)
    mine = await shown(zhao, LIST)
    jar, here = zhao.session.cookie_jar, URL(str(zhao.make_url("/")))
    jar.update_cookies({"gongzhi": await sessions.open_session(platform.pool, ZHAO.person)}, here)
    again = await shown(zhao, LIST)
    assert len(asked) == 2
    assert again != mine, "each session has its own form token"
    jar.update_cookies({"gongzhi": await sessions.open_session(platform.pool, LI.person)}, here)
    other = await zhao.get(LIST)
    assert other.status != 200 or "/sign-in" in str(other.url)


async def test_who_was_disabled_is_out_at_once(platform: Platform, zhao: Client) -> None:
    await listens(platform)
    await shown(zhao, LIST)
    await desk.disable(platform.pool, ZHAO.person)
    assert "/sign-in" in str((await zhao.get(LIST)).url)


async def test_the_next_minute_it_is_asked_again(
    platform: Platform, zhao: Client, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With it the day may have changed, and with the day every deadline."""
    await listens(platform)
    await shown(zhao, LIST)
    monkeypatch.setattr(remembered, "minute", lambda: 2)
    await shown(zhao, LIST)
    assert len(asked) == 2


async def test_while_nobody_listens_nothing_is_kept(
    platform: Platform, zhao: Client, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await listens(platform)
    await shown(zhao, LIST)
    monkeypatch.setattr(platform, "_listening", False)
    assert platform.heard is None
    await shown(zhao, LIST)
    assert len(asked) == 2


async def test_what_is_wrong_is_not_kept(
    platform: Platform, zhao: Client, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await listens(platform)

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("on purpose")

    with monkeypatch.context() as patched:
        patched.setattr(ComplaintRegister, "handled_by", broken)
        assert (await zhao.get(LIST)).status == 500
    assert "没有投诉" in await shown(zhao, LIST)


async def test_the_page_is_the_same_from_memory(platform: Platform, zhao: Client) -> None:
    """Its headers too: nobody else may keep it."""
    await listens(platform)
    one, other = [await zhao.get(LIST) for _ in range(2)]
    assert zhao.app is not None
    assert zhao.app[REMEMBERED].size
    own = ("x-request-id", "date")
    assert {k: v for k, v in one.headers.items() if k.lower() not in own} == {
        k: v for k, v in other.headers.items() if k.lower() not in own
    }
    assert await one.text() == await other.text()
    assert other.headers["Cache-Control"] == "no-store"


def test_it_stays_within_its_bytes() -> None:
    kept = Remembered(most=5_000)
    for n in range(100):
        kept.get((1, 1), n)
        kept.keep((1, 1), n, b"x", 500)
        assert kept.size <= 5_000
    assert kept.get((1, 1), 99) == b"x"
    assert kept.get((1, 1), 0) is None
    kept.keep((1, 1), "long", b"", 6_000)
    assert kept.get((1, 1), "long") is None


def test_what_took_longer_than_the_next_news_is_not_kept() -> None:
    kept = Remembered()
    kept.get((1, 1), "a")
    kept.get((2, 1), "b")
    kept.keep((1, 1), "a", b"old", 3)
    assert kept.get((2, 1), "a") is None
    assert kept.size == 0


def _row(page: str, number: str) -> str:
    return page[page.index(number) :].partition("</tr>")[0]
