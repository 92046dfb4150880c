"""Passkeys in a real browser, with an authenticator of its own (CDP WebAuthn)."""

from __future__ import annotations

import re

import pyotp
import pytest
from aiohttp import web
from playwright.async_api import Browser, Page

from portals.app import make_app
from services import accounts
from services.platform import Platform
from services.settings import Settings
from tests.caught_up import caught_up

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
WORDS = "这是一句足够长的登录口令"


async def authenticator(page: Page) -> None:
    """A device that holds passkeys and confirms them by itself."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


async def test_a_passkey_is_made_and_lets_her_in(platform: Platform, browser: Browser) -> None:
    await accounts.set_up(platform, "管理员", "admin", WORDS)
    await caught_up(platform)
    app = make_app(platform, Settings(secret="of the tests", terms="offered"))  # type: ignore[arg-type]
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    address = f"http://localhost:{port}"  # a passkey belongs to a name
    context = await browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 800})
    page = await context.new_page()
    try:
        await authenticator(page)
        await with_password(page, address)
        secret = await page.locator("code.kept").inner_text()
        await page.fill("#code", pyotp.TOTP(secret).now())
        await page.click("main button[type=submit]")
        assert await page.locator("ul.codes li").count() == 10
        await page.goto(f"{address}/account/passkey")
        await page.fill("#label", "办公室电脑")
        await page.click("[data-passkey] button")
        await page.wait_for_url(re.compile(r"said=added"))
        assert "办公室电脑" in await page.inner_text("main")
        await page.click("header form button.link")
        await with_password(page, address)
        await page.click("[data-passkey] button")
        await page.wait_for_url(re.compile(r"/admin$"))
        said = await page.inner_text("header")
        assert "管理员" in said
    finally:
        await context.close()
        await runner.cleanup()


async def with_password(page: Page, address: str) -> None:
    await page.goto(f"{address}/sign-in")
    await page.fill("#name", "admin")
    await page.fill("#password", WORDS)
    await page.click("main button[type=submit]")
