"""Single sign-on against a real provider (oidc-provider from npm), in a real browser."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page

from events.event import Acting, system
from portals.app import make_app
from portals.pages import KEY
from services import accounts, desk, identities, oidc, sessions
from services.actions import people
from services.actions.refused import Refused
from services.oidc import Asked, Provider
from services.platform import Platform
from services.settings import Settings
from tests.browser.conftest import browser
from tests.caught_up import caught_up

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
__all__ = ["browser"]
HERE = Path(__file__).parent
WORDS = "这是一句足够长的登录口令"
SECRET = "a secret of the tests that is long enough"
NODE = shutil.which("node")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Signing(NamedTuple):
    """A served platform, its provider, and its first administrator."""

    platform: Platform
    app: web.Application
    address: str
    issuer: str
    by: Acting


@asynccontextmanager
async def provided(port: int, redirect: str) -> AsyncIterator[str]:
    """The provider; its issuer."""
    if NODE is None or not (HERE.parents[1] / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("no node, or no oidc-provider: make setup")
    running = await asyncio.create_subprocess_exec(
        NODE, str(HERE / "provider.mjs"), str(port), redirect,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert running.stdout is not None
        async with asyncio.timeout(120):
            while b"ready" not in (line := await running.stdout.readline()):
                assert line, "the provider did not start"
        yield f"http://localhost:{port}"
    finally:
        running.terminate()
        await running.wait()


@pytest.fixture
async def signing(platform: Platform) -> AsyncIterator[Signing]:
    by = await accounts.set_up(platform, "管理员", "admin", WORDS)
    await caught_up(platform)
    chosen = Settings(
        secret="of the tests", second_factor="offered", terms="offered", oidc_inside=True
    )  # type: ignore[arg-type]
    runner = web.AppRunner(app := make_app(platform, chosen), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port := free_port()).start()
    address = f"http://localhost:{port}"
    async with provided(free_port(), f"{address}/sign-in/back") as issuer:
        yield Signing(platform, app, address, issuer, by)
    await runner.cleanup()


async def use(signing: Signing) -> Provider:
    provider = Provider(signing.by.party.id, signing.issuer, "gongzhi", SECRET)
    await identities.set_provider(signing.platform.pool, signing.app[KEY], provider)
    return provider


async def at_the_provider(page: Page, name: str) -> None:
    """Sign in at the provider's own page, and agree."""
    await page.wait_for_selector("input[name=login]")
    await page.fill("input[name=login]", name)
    await page.fill("input[name=password]", "whatever")
    await page.click("button[type=submit]")
    await page.wait_for_selector("button[autofocus], form button[type=submit]")
    await page.click("button[type=submit]")


async def test_an_account_is_linked_and_lets_her_in(signing: Signing, browser: Browser) -> None:
    await use(signing)
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    try:
        await page.goto(f"{signing.address}/sign-in")
        await page.fill("#name", "admin")
        await page.fill("#password", WORDS)
        await page.click("main button[type=submit]")
        await page.goto(f"{signing.address}/account")
        await page.click("a[href='/account/identity']")
        await at_the_provider(page, "zhang")
        await page.wait_for_url(re.compile(r"said=added"))
        assert "已关联单位账号" in await page.inner_text("main")
        await page.click("header form button.link")
        await page.goto(f"{signing.address}/sign-in/with?next=/admin/people")
        await page.click("main ul a")
        await page.wait_for_url(re.compile(r"/admin/people$"))  # the provider knows her still
        assert "管理员" in await page.inner_text("header")
        await caught_up(signing.platform)
        rows = (await signing.platform.views.trail.search(subject="accounts")).rows
        assert "单位统一登录" in rows[0]["zh"]
    finally:
        await context.close()


async def test_an_account_that_is_not_linked_does_not(signing: Signing, browser: Browser) -> None:
    await use(signing)
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    try:
        await page.goto(f"{signing.address}/sign-in/with")
        await page.click("main ul a")
        await at_the_provider(page, "stranger")
        await page.wait_for_url(re.compile(r"/sign-in/back"))
        assert "还没有和平台账号关联" in await page.inner_text("main")
        assert (await page.goto(f"{signing.address}/admin")).url.endswith("next=/admin")  # type: ignore[union-attr]
    finally:
        await context.close()


async def test_what_comes_back_must_fit_what_went_away(signing: Signing, browser: Browser) -> None:
    await use(signing)
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    try:
        for query in ("", "?code=x", "?code=x&state=y"):
            answer = await page.goto(f"{signing.address}/sign-in/back{query}")
            assert answer is not None
            assert answer.status == 422
        await page.goto(f"{signing.address}/sign-in/with/{signing.by.party.id}")
        answer = await page.goto(f"{signing.address}/sign-in/back?code=x&state=y")
        assert answer is not None
        assert "不是在这个浏览器里开始的" in await page.inner_text("main")
    finally:
        await context.close()


async def code_of(signing: Signing, browser: Browser, asked: Asked, provider: Provider) -> str:
    """A code of the real provider for what was asked."""
    back = f"{signing.address}/sign-in/back"
    to = await oidc.Client(True).sign_in_at(provider, asked, back)
    context = await browser.new_context()
    page = await context.new_page()
    try:
        await page.goto(to)
        await at_the_provider(page, "zhang")
        await page.wait_for_url(re.compile(r"code="))
        found = re.search(r"code=([^&]+)", page.url)
        assert found
        return found[1]
    finally:
        await context.close()


async def test_wrong_and_replayed_tokens_are_refused(signing: Signing, browser: Browser) -> None:
    provider, client = await use(signing), oidc.Client(True)
    back = f"{signing.address}/sign-in/back"
    asked = Asked.fresh(signing.by.party.id)
    code = await code_of(signing, browser, asked, provider)
    found = await client.identity(provider, asked, code, back)
    assert found.subject == "zhang"
    with pytest.raises(Refused, match="连不上：400"):
        await client.identity(provider, asked, code, back)
    for changed in ({"nonce": "other"}, {"verifier": "x" * 43}):
        asked = Asked.fresh(signing.by.party.id)
        code = await code_of(signing, browser, asked, provider)
        with pytest.raises(Refused):
            await client.identity(provider, _with(asked, changed), code, back)
    wrong = Provider(provider.party, provider.issuer, "gongzhi", "not the secret")
    with pytest.raises(Refused, match="401"):
        await client.identity(wrong, asked, "x", back)


def _with(asked: Asked, changed: dict[str, str]) -> Asked:
    from dataclasses import replace

    return replace(asked, **changed)


@pytest.mark.parametrize(
    "issuer",
    ["http://login.example.cn", "https://127.0.0.1", "https://[::1]", "https://10.0.0.8:8443",
     "https://169.254.169.254", "https://user@login.example.cn", "file:///etc/passwd", "nothing"],
)  # fmt: skip
async def test_no_address_leads_inside(issuer: str) -> None:
    with pytest.raises(Refused, match="不能使用"):
        await oidc.Client().metadata(Provider("p", issuer, "c", "s"))


async def test_a_name_that_leads_inside_is_not_followed() -> None:
    with pytest.raises(Refused, match="连不上"):
        await oidc.Client().metadata(Provider("p", "https://localhost:9", "c", "s"))


async def test_an_administrator_sets_it_and_is_told_what_is_wrong(signing: Signing) -> None:
    from tests.portals.desks import hidden

    command = people.EnrolPerson(
        by=system("operator"), name="安全管理员", sign_in="an.quan", party=signing.by.party,
        role="security",
    )  # fmt: skip
    await signing.platform.perform(people.enrol_person, command)
    await desk.set_password(signing.platform.pool, str(command.person), "an.quan", WORDS)
    await caught_up(signing.platform)
    path = f"/admin/parties/{signing.by.party.id}/provider"
    from aiohttp import ClientSession, CookieJar
    from yarl import URL

    jar = CookieJar(unsafe=True)
    cookie = await sessions.open_session(signing.platform.pool, str(command.person))
    jar.update_cookies({"gongzhi": cookie}, URL(signing.address))
    typed: dict[str, Any] = {"issuer": "http://localhost:9", "client": "gongzhi"}
    async with ClientSession(cookie_jar=jar) as client:
        there = f"{signing.address}{path}"
        page = await (await client.get(there)).text()
        assert "/sign-in/back" in page
        asked = await client.post(there, data={**hidden(page), **typed})
        text = await asked.text()
        assert (asked.status, "连不上" in text, "client_secret" in text) == (422, True, True)
        good = {**typed, "issuer": signing.issuer, "client_password": SECRET}
        done = await client.post(there, data={**hidden(text), **good})
        assert "现在使用" in await done.text()
        page = await (await client.get(f"{there}/end")).text()
        await client.post(f"{there}/end", data={**hidden(page), "reason": "换了登录服务"})
    assert await identities.parties(signing.platform.pool) == []
