"""The demo served on a real port, and a real Chromium to look at it."""

from __future__ import annotations

import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, async_playwright

from deploy.demo import load
from deploy.postgres import Server
from portals.app import make_app
from services.platform import open_platform
from services.settings import Settings
from tests.database import drop_database, fresh_database

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="session")
async def served(server: Server, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of the whole platform with the demo province."""
    dsns = fresh_database(server)
    settings = Settings(data=Path(tmp_path_factory.mktemp("data")))
    async with open_platform(dsns.owner, dsns.app) as platform:
        await load(platform, lambda zh, en: None)
        runner = web.AppRunner(make_app(platform, settings), access_log=None)
        await runner.setup()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{port}"
        await runner.cleanup()
    drop_database(server, dsns)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        await launched.close()
