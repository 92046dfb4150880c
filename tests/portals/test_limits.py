"""Limits: who is too fast waits and loses nothing; what is too large is refused in a sentence."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from portals.app import make_app
from portals.headers import PERMISSIONS
from portals.limits import FIELDS, FORM_BYTES
from services import desk, logs
from services.platform import Platform
from services.settings import Settings
from tests.people import WANG, ZHAO
from tests.portals.desks import Client, hidden, signed_in
from tests.portals.lodging import fields

pytestmark = pytest.mark.postgres


@asynccontextmanager
async def visiting(platform: Platform, **chosen: Any) -> AsyncIterator[Client]:
    settings = {"secret": "s", "second_factor": "offered", "terms": "offered", **chosen}
    async with TestClient(TestServer(make_app(platform, Settings.model_validate(settings)))) as she:
        yield she


@pytest.fixture
def told() -> Iterator[StringIO]:
    """The lines of the security log, as a program collects them."""
    stream, root = StringIO(), logging.getLogger()
    before, level = root.handlers[:], logging.getLogger("gongzhi").level
    logs.set_up("json", "info", stream)
    yield stream
    root.handlers[:] = before
    logging.getLogger("gongzhi").setLevel(level)


def lines(stream: StringIO) -> list[dict[str, Any]]:
    read = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [line for line in read if line["logger"] == "gongzhi.security"]


# -- how many ----------------------------------------------------------------------------


async def test_who_sends_too_fast_waits_with_all_that_was_typed(
    platform: Platform, told: StringIO
) -> None:
    async with visiting(platform, limit_address=3) as she:
        form = fields(await (await she.get("/track")).text())
        typed = {**form, "number": "GZ-2026-000001-X", "digits": "1234", "password": "s3cr3t-one"}
        for n in range(4):
            forged = {"X-Forwarded-For": f"203.0.113.{n}"}
            answer = await she.post("/track", data=typed, headers=forged)
        text = unescape(await answer.text())
    assert answer.status == 429
    wait = int(answer.headers["Retry-After"])
    assert 1 <= wait <= 20
    assert f"{wait} 秒后可以再试" in text
    assert 'name="number" value="GZ-2026-000001-X"' in text
    assert "s3cr3t-one" not in text
    (rested,) = [line for line in lines(told) if line["what"] == "rested"]
    assert rested["route"] == "/track"
    assert "127.0.0.1" not in json.dumps(rested)


async def test_searching_and_downloading_count_reading_does_not(platform: Platform) -> None:
    async with visiting(platform, limit_address=2) as she:
        for _ in range(5):
            assert (await she.get("/help")).status == 200
        answers = [await she.get("/receipt/x?q=灯") for _ in range(3)]
        assert [each.status == 429 for each in answers] == [False, False, True]
        exported = await she.get("/regulator/trail.csv")
        assert exported.status == 429
        assert "Retry-After" in exported.headers


async def test_a_proxy_of_ours_tells_whose_request_it_is(platform: Platform) -> None:
    async with visiting(platform, limit_address=1, trusted_proxies="127.0.0.0/8") as she:
        for last, status in (("203.0.113.1", 200), ("203.0.113.2", 200), ("203.0.113.1", 429)):
            said = {"X-Forwarded-For": f"198.51.100.7, {last}"}
            answer = await she.post("/verify", data={}, headers=said)
            assert (answer.status == 429) is (status == 429), last


async def test_one_account_is_counted_wherever_it_sends_from(platform: Platform) -> None:
    async with signed_in(platform, ZHAO) as she:
        cookie = she.session.cookie_jar.filter_cookies(she.make_url("/"))["gongzhi"].value
    async with visiting(platform, limit_account=2, trusted_proxies="127.0.0.0/8") as anywhere:
        seen = []
        for n in range(3):
            headers = {"X-Forwarded-For": f"203.0.113.{n}", "Cookie": f"gongzhi={cookie}"}
            seen.append((await anywhere.post("/account/codes", headers=headers)).status == 429)
    assert seen == [False, False, True]


# -- how large ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [b"x=" + b"a" * (FORM_BYTES + 1), b"a=b&" * (FIELDS + 1)],
    ids=["long", "many"],
)
async def test_a_form_that_is_too_large_is_refused(platform: Platform, body: bytes) -> None:
    async with visiting(platform) as she:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await she.post("/complain", data=BytesIO(body), headers=kind)
        assert answer.status == 413
        assert "最多 1 MB" in await answer.text()


async def test_a_header_that_is_too_large_is_refused(platform: Platform) -> None:
    async with visiting(platform) as she:
        answer = await she.get("/", headers={f"X-Much-{n}": "y" * 4000 for n in range(9)})
        assert answer.status == 431
        assert "请清除本站的 Cookie" in await answer.text()


# -- headers -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/no-such", "/static/none.css", "/healthz", "/log/none"])
async def test_every_answer_says_what_a_browser_may_do(platform: Platform, path: str) -> None:
    async with visiting(platform, https=True) as she:
        given = (await she.get(path)).headers
    policy = given["Content-Security-Policy"]
    for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'",
                 "frame-ancestors 'none'", "form-action 'self'"):  # fmt: skip
        assert part in policy
    assert "unsafe" not in policy
    assert given["Permissions-Policy"] == PERMISSIONS
    assert given["Cross-Origin-Opener-Policy"] == "same-origin"
    assert given["Cross-Origin-Resource-Policy"] == "same-origin"
    assert given["Referrer-Policy"] == "same-origin"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Server" not in given


async def test_cookies_are_for_us_alone(platform: Platform) -> None:
    async with visiting(platform) as she:
        answer = await she.get("/sign-in?lang=en")
    for line in answer.headers.getall("Set-Cookie"):
        assert "HttpOnly" in line
        assert "SameSite=Lax" in line


@pytest.mark.parametrize(
    "to",
    ["/x%0d%0aSet-Cookie:%20a=b", "//evil.example/", "/\\evil.example", "https://evil.example"],
)
async def test_where_she_goes_next_writes_no_header_and_leads_nowhere_else(
    platform: Platform, to: str
) -> None:
    await desk.set_password(platform.pool, ZHAO.person, "zhao.min", "一句足够长的口令")
    async with signed_in(platform, ZHAO) as she:
        answer = await she.get(f"/sign-in?next={to}", allow_redirects=False)
    location = answer.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert not [line for line in answer.headers.getall("Set-Cookie", []) if line.startswith("a=b")]


@pytest.mark.parametrize(
    "path",
    ["/static/..%2f..%2fpyproject.toml", "/static/%2e%2e/%2e%2e/pyproject.toml",
     "/static//etc/passwd", "/log/tile/../../../etc/passwd", "/log/states/%2e%2e%2fx",
     "/static/x%00.css"],
)  # fmt: skip
async def test_no_path_leads_out(platform: Platform, path: str) -> None:
    async with visiting(platform) as she:
        answer = await she.get(URL(path, encoded=True))
        assert answer.status in (400, 403, 404)


async def test_a_stolen_cookie_is_worth_nothing_after_signing_out(platform: Platform) -> None:
    async with signed_in(platform, ZHAO) as she:
        stolen = she.session.cookie_jar.filter_cookies(she.make_url("/"))["gongzhi"].value
        async with visiting(platform) as thief:
            headers = {"Cookie": f"gongzhi={stolen}"}
            inside = await thief.get("/account", headers=headers, allow_redirects=False)
            assert inside.status == 200
            form = hidden(await (await she.get("/account")).text())
            await she.post("/sign-out", data={"csrf": form["csrf"]})
            outside = await thief.get("/account", headers=headers, allow_redirects=False)
            assert outside.status == 303
            assert outside.headers["Location"].startswith("/sign-in")


async def test_what_no_text_can_hold_is_left_out(platform: Platform) -> None:
    async with visiting(platform) as she:
        form = fields(await (await she.get("/report")).text())
        for name in ("facts", "respondent", "place", "code", "key"):
            for typed in ("a\0b", "\0"):
                sent = await she.post("/report", data={**form, name: typed})
                assert sent.status == 422, name


# -- the security log --------------------------------------------------------------------


async def test_what_the_security_log_tells_and_what_not(platform: Platform, told: StringIO) -> None:
    async with signed_in(platform, WANG) as she:
        await desk.set_password(platform.pool, ZHAO.person, "zhao.min", "一句足够长的口令")
        await she.get("/council")  # of another kind of party
        await she.get("/regulator/complaints/01900000-0000-7000-8000-0000000000aa")
        await she.post("/switch", data={"party": "x"})
        await she.post("/switch", data={}, headers={"Sec-Fetch-Site": "cross-site"})
    async with visiting(platform) as nobody:
        form = fields(await (await nobody.get("/sign-in")).text())
        for name in ("zhao.min", "Zhao.Min "):
            typed = {**form, "name": name, "password": "wrong-p4ssw0rd"}
            await nobody.post("/sign-in", data=typed)
        await nobody.post(
            "/sign-in", data={**form, "name": "zhao.min", "password": "一句足够长的口令"}
        )
    found = lines(told)
    kinds = [line["what"] for line in found]
    assert kinds[:4] == ["denied", "not-shown", "wrong-form-token", "foreign-form"]
    assert all(line["person"] == WANG.person and line["party"] == WANG.party.id
               for line in found[:4])  # fmt: skip
    failed = [line for line in found if line["what"] == "sign-in-failed"]
    assert len(failed) == 2
    assert failed[0]["whom"] == failed[1]["whom"], "the same name has the same mark"
    assert {line["level"] for line in failed} == {"warning"}
    for secret in ("zhao", "wrong-p4ssw0rd", "127.0.0.1", WANG.name, "一句"):
        assert secret not in json.dumps(found, ensure_ascii=False)
