"""A short kill loop; the long one is `make bench-faults`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.postgres import Server, find_trees
from events import schema
from tests.database import data_directory
from tests.faults.checks import check_all
from tests.faults.loop import Kills, under_load
from tests.opening import open_platform

pytestmark = pytest.mark.postgres


@pytest.fixture
def data() -> Iterator[Path]:
    with data_directory() as path:
        yield path


def killed(server: Server, folder: Path) -> Kills:
    """Ten blows, at least one to each kind of target."""
    with under_load(server, folder, seed=7) as kills:
        for target in ("writer", "worker", "follower", "connection", "server"):
            kills._one(target)
        kills.deal(5, lambda line: None)
        kills.until_acknowledged(50)
        kills.until_followed()
        return kills


async def test_nothing_is_lost_whatever_is_killed(data: Path) -> None:
    server = Server(data, find_trees()[0])
    server.ensure()
    try:
        schema.create(server.owner_dsn)
        kills = await asyncio.to_thread(killed, server, data)
        async with open_platform(server.owner_dsn, server.app_dsn) as platform:
            figures = await check_all(platform, kills)
        assert figures["acknowledged"] >= 100
        assert figures["followed"] > 0
    finally:
        server.stop()
