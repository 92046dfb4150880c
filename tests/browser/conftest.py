"""A real Chromium to look at the pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.world import World, serving, settle
from tests.database import Dsns
from tests.moving import moving
from tests.opening import open_platform

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        await launched.close()


@pytest.fixture(params=[True, False], ids=["js", "plain"])
async def world(
    request: pytest.FixtureRequest, database: Dsns, browser: Browser, tmp_path: Path
) -> AsyncIterator[World]:
    """A world whose time can be moved, seen with JavaScript and without."""
    pictures = os.environ.get("GONGZHI_PICTURES")
    with moving(database.owner) as time:
        time.to(2026, 7, 1)
        async with (
            open_platform(database.owner, database.app) as platform,
            serving(platform, tmp_path) as address,
        ):
            shown = Path(pictures) if pictures else None
            made = World(platform, address, time, browser, request.param, shown)
            await settle(made)
            yield made
            for context in made.contexts:
                await context.close()
