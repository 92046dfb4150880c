"""A provider that is down, or speaks nonsense: a sentence, the other way in, and nothing lost."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from portals.app import make_app
from services import identities, oidc, sessions
from services.actions.refused import Refused
from services.oidc import Provider
from services.platform import Platform
from services.settings import Settings
from tests.people import WANG
from tests.portals.desks import Client

#: How a provider that is there can fail: status and body.
FAILING = {
    "/broken": (500, "{}"), "/busy": (503, ""), "/page": (200, "<h1>Maintenance</h1>"),
    "/moved": (302, ""), "/list": (200, "[1, 2]"), "/bytes": (200, "\ufffd" * 9),
    "/other": (200, '{"issuer": "https://evil.example"}'),
}  # fmt: skip


@pytest.fixture
def nowhere() -> Iterator[str]:
    """An address where nothing listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture
async def failing() -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        status, text = FAILING["/" + request.path.split("/")[1]]
        return web.Response(status=status, text=text, content_type="application/json")

    app = web.Application()
    app.add_routes([web.get("/{tail:.*}", answer)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_nobody_there_is_said_in_a_sentence(nowhere: str) -> None:
    with pytest.raises(Refused, match="连不上"):
        await oidc.Client(inside=True).metadata(Provider("p", nowhere, "c", "s"))


@pytest.mark.parametrize("path", FAILING)
async def test_nonsense_is_said_in_a_sentence(failing: str, path: str) -> None:
    with pytest.raises(Refused, match=r"连不上|不可信"):
        await oidc.Client(inside=True).metadata(Provider("p", failing + path, "c", "s"))


async def test_one_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oidc, "TIMEOUT", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Refused, match="TimeoutError"):
            await oidc.Client(inside=True).metadata(Provider("p", issuer, "c", "s"))


@asynccontextmanager
async def browsing(platform: Platform, issuer: str, secret: str = "s") -> AsyncIterator[Client]:
    """A browser in which Wang is signed in, at a platform whose provider of hers is there."""
    chosen = Settings(secret=secret, second_factor="offered", terms="offered", oidc_inside=True)  # type: ignore[arg-type]
    app, provider = make_app(platform, chosen), Provider(WANG.party.id, issuer, "c", "s")
    await identities.set_provider(platform.pool, Settings(secret="s").key(), provider)  # type: ignore[arg-type]
    cookie = await sessions.open_session(platform.pool, WANG.person)
    async with TestClient(TestServer(app)) as she:
        she.session.cookie_jar.update_cookies({"gongzhi": cookie}, URL(str(she.make_url("/"))))
        yield she


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("secret", "why"), [("s", "现在连不上"), ("another", "密钥读不出来")], ids=["down", "unsealed"]
)
async def test_who_is_signed_in_stays_so_and_a_password_still_works(
    platform: Platform, nowhere: str, secret: str, why: str
) -> None:
    before = await platform.log.size()
    async with browsing(platform, nowhere, secret) as she:
        there = f"/sign-in/with/{WANG.party.id}?next=/regulator"
        away = await she.get(there, allow_redirects=False)
        said = await away.text()
        assert away.status == 422
        assert why in said
        assert "可以先用密码登录" in said
        assert (await she.get("/account")).status == 200, "her session is as it was"
        assert (await she.get("/sign-in")).status == 200
    assert await platform.log.size() == before
