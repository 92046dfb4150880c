"""The demo province, loaded once for all tests of this directory."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from deploy.demo import load
from deploy.postgres import Server
from services.platform import Platform
from tests.database import drop_database, fresh_database
from tests.opening import open_platform


class Stopped(Exception):
    """Somebody pressed Ctrl-C."""


def stopping(zh: str, en: str) -> None:
    if "Orders" in en:
        raise Stopped


@pytest.fixture(scope="session")
async def demo(server: Server) -> AsyncIterator[Platform]:
    """Stopped on the way and continued, as after a Ctrl-C."""
    dsns = fresh_database(server)
    async with open_platform(dsns.owner, dsns.app, working=False) as opened:
        with pytest.raises(Stopped):
            await load(opened, stopping)
        await load(opened, lambda zh, en: None)
        yield opened
    drop_database(server, dsns)
