"""The guard: who guesses has to rest, wherever she guesses; cookies of HTTPS are for HTTPS only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request

from events.words import Words
from portals.address import client_address
from portals.app import make_app
from portals.pages import SETTINGS
from services import desk
from services.platform import Platform
from services.settings import Settings
from services.tries import MOST_FROM, TooMany, count_try, take_back
from services.views.tracking import Tracking
from tests.caught_up import caught_up
from tests.portals.desks import Client
from tests.portals.kit import LIN, Directory
from tests.portals.lodging import fields, lodge, visitor

pytestmark = pytest.mark.postgres

SAID = Words("{minutes} 分钟", "{minutes} minutes")
PROXY = Settings.model_validate({"secret": "of the tests", "trusted_proxies": "10.0.0.0/8, ::1"})


@pytest.fixture
async def she(platform: Platform) -> AsyncIterator[Client]:
    async with visitor(platform) as client:
        yield client


async def tried(platform: Platform, what: str = "it", most: int = 3) -> bool:
    try:
        await count_try(platform.pool, what, most, SAID)
    except TooMany:
        return False
    return True


async def rows(platform: Platform, sql: str) -> list[Any]:
    async with platform.pool.connection() as connection:
        return await (await connection.execute(sql.encode())).fetchall()


async def age(platform: Platform, minutes: int) -> None:
    async with platform.pool.connection() as connection:
        sql = "update desk.attempts set at = at - make_interval(mins => %s)"
        await connection.execute(sql, (minutes,))


# -- counting ----------------------------------------------------------------------------


async def test_many_at_once_are_no_more_than_allowed(platform: Platform) -> None:
    answers = await asyncio.gather(*(tried(platform) for _ in range(12)))
    assert sum(answers) == 3
    assert await rows(platform, "select count(*) from desk.attempts") == [(3,)]


async def test_it_says_when_the_next_try_may_be_made(platform: Platform) -> None:
    for _ in range(3):
        await tried(platform)
    await age(platform, 10)
    with pytest.raises(TooMany, match="5 分钟") as refused:
        await count_try(platform.pool, "it", 3, SAID)
    assert 290 <= refused.value.seconds <= 300
    await age(platform, 5)
    assert await tried(platform)


async def test_tries_that_no_longer_count_are_not_kept(platform: Platform) -> None:
    for n in range(5):
        await tried(platform, f"number {n}")
    await age(platform, 15)
    await tried(platform, "another")
    assert await rows(platform, "select what from desk.attempts") == [("another",)]


async def test_a_right_answer_takes_one_try_back(platform: Platform) -> None:
    for _ in range(3):
        await tried(platform)
    await take_back(platform.pool, "it")
    assert await tried(platform)
    assert not await tried(platform)


# -- guessing over pages -----------------------------------------------------------------


async def ask(client: Client, number: str, digits: str, **headers: str) -> tuple[Any, str]:
    page = await (await client.get("/track")).text()
    typed = {**fields(page), "number": number, "digits": digits}
    answer = await client.post("/track", data=typed, headers=headers, allow_redirects=False)
    return answer, unescape(await answer.text())


async def test_one_address_cannot_try_number_after_number(platform: Platform, she: Client) -> None:
    number = await lodge(she)
    await caught_up(platform)
    for n in range(MOST_FROM):
        answer, _ = await ask(she, f"GZ-2026-{n:06}-X", "0000")
        assert answer.status == 422
    answer, page = await ask(she, number, "1234", **{"X-Forwarded-For": "203.0.113.9"})
    assert answer.status == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    assert "请 15 分钟后再试" in page
    assert f'value="{number}"' in page
    assert 'value="1234"' in page


async def test_who_is_right_never_has_to_rest(platform: Platform, she: Client) -> None:
    number = await lodge(she)
    await caught_up(platform)
    for _ in range(MOST_FROM + 2):
        answer, _ = await ask(she, number, "1234")
        assert answer.status == 303
    assert await rows(platform, "select count(*) from desk.attempts") == [(0,)]


async def test_one_address_cannot_try_name_after_name(platform: Platform, she: Client) -> None:
    await desk.set_password(platform.pool, str(LIN), "lin", "correct horse")
    page = fields(await (await she.get("/sign-in?next=/council")).text())
    for n in range(MOST_FROM):
        await she.post("/sign-in", data={**page, "name": f"name-{n}", "password": "12345678"})
    sent = {**page, "name": "lin", "password": "correct horse", "kept-facts": "坏了"}
    answer = await she.post("/sign-in", data=sent)
    said = unescape(await answer.text())
    assert answer.status == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    assert "从您所在的网络登录" in said
    for kept in ('value="lin"', 'value="/council"', 'name="kept-facts" value="坏了"'):
        assert kept in said
    assert "correct horse" not in said


async def test_nothing_the_digits_could_be_guessed_from_is_kept(
    platform: Platform, she: Client
) -> None:
    await lodge(she)
    await caught_up(platform)
    (row,) = await platform.views.tracking.rows("select * from {rows}")
    assert "last4" not in row
    assert "phone" not in str(Tracking.tables)
    assert not [value for value in row.values() if isinstance(value, str) and len(value) == 64]


# -- whose address -----------------------------------------------------------------------


def address(settings: Settings, peer: str, *forwarded: str) -> str:
    request = make_mocked_request("GET", "/", [("X-Forwarded-For", f) for f in forwarded])  # type: ignore[arg-type]
    request.app[SETTINGS] = settings
    return client_address(request.clone(remote=peer))


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("203.0.113.9", ("198.51.100.1",), "203.0.113.9"),  # a stranger may say what he likes
        ("10.1.1.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.1.1.1", ("1.1.1.1, 198.51.100.1",), "198.51.100.1"),  # only the proxy's own word
        ("10.1.1.1", ("198.51.100.1, 10.2.2.2",), "198.51.100.1"),  # two proxies in a row
        ("10.1.1.1", ("1.1.1.1", "198.51.100.1"), "198.51.100.1"),
        ("10.1.1.1", ("not an address",), "10.1.1.1"),
        ("10.1.1.1", (), "10.1.1.1"),
        ("::1", ("198.51.100.1",), "198.51.100.1"),
        ("::ffff:203.0.113.9", (), "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", (), "2001:db8:1:2::/64"),
    ],
)
def test_forwarded_for_is_believed_from_our_own_proxies(
    peer: str, forwarded: tuple[str, ...], counted: str
) -> None:
    assert address(PROXY, peer, *forwarded) == counted


def test_without_the_setting_nobody_is_believed() -> None:
    assert address(Settings(secret="s"), "10.1.1.1", "198.51.100.1") == "10.1.1.1"  # type: ignore[arg-type]


def test_the_setting_is_read_from_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGZHI_TRUSTED_PROXIES", "127.0.0.1, fd00::/8")
    assert Settings().shown()["trusted_proxies"] == "127.0.0.1/32,fd00::/8"
    monkeypatch.setenv("GONGZHI_TRUSTED_PROXIES", "the proxy")
    with pytest.raises(ValueError, match="trusted_proxies"):
        Settings()


# -- HTTPS -------------------------------------------------------------------------------


async def cookies_of(platform: Platform, *, https: bool) -> tuple[list[str], str]:
    """All cookies set between a form, signing in and signing out; and the HSTS header."""
    platform.views.directory = Directory()  # type: ignore[assignment]
    await desk.set_password(platform.pool, str(LIN), "lin", "correct horse")
    app = make_app(
        platform,
        Settings.model_validate(
            {"secret": "s", "https": https, "second_factor": "offered", "terms": "offered"}
        ),
        [],
    )
    # The test speaks HTTP as our proxy does: the browser's cookies are carried by hand.
    async with TestClient(TestServer(app)) as client:
        form = await client.get("/sign-in?lang=en&large=1")
        kept = {name: morsel.value for name, morsel in form.cookies.items()}
        typed = {**fields(await form.text()), "name": "lin", "password": "correct horse"}
        inside = await client.post("/sign-in", data=typed, cookies=kept, allow_redirects=False)
        assert inside.status == 303
        kept |= {name: morsel.value for name, morsel in inside.cookies.items()}
        page = await client.get("/help", cookies=kept)
        text = await page.text()
        assert '<html lang="en" class="govuk-template large"' in text
        typed = {"csrf": fields(text + "</main>")["csrf"]}
        out = await client.post("/sign-out", data=typed, cookies=kept, allow_redirects=False)
        assert out.status == 303
        answers = (form, inside, out)
        said = [line for answer in answers for line in answer.headers.getall("Set-Cookie")]
        return said, page.headers.get("Strict-Transport-Security", "")


async def test_over_https_every_cookie_is_for_this_host_and_https_alone(
    platform: Platform,
) -> None:
    said, strict = await cookies_of(platform, https=True)
    assert len(said) == 5, "visitor, language, type, session, and the session taken away"
    for line in said:
        assert line.startswith("__Host-")
        assert "; Secure" in line
        assert "Path=/" in line
        assert "Domain" not in line
    assert strict == "max-age=31536000"


async def test_without_https_the_names_are_plain(platform: Platform) -> None:
    said, strict = await cookies_of(platform, https=False)
    assert len(said) == 5
    assert not [line for line in said if "__Host-" in line or "Secure" in line]
    assert strict == ""
