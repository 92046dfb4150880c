"""A server that nobody uses keeps few connections: what looks every second asks one at a time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from services.messages.writing import write
from tests.database import Dsns
from tests.opening import open_platform

pytestmark = pytest.mark.postgres


async def test_clocks_and_messages_that_have_nothing_to_do_need_one_connection(
    database: Dsns,
) -> None:
    async with open_platform(database.owner, database.app, working=False, size=2) as platform:
        await platform.catch_up()
        async with platform.pool.connection(), asyncio.timeout(5):  # only one is left
            assert await write(platform.pool, platform.log) == 0
            assert not await platform.clocks.tick(datetime.now(UTC))
