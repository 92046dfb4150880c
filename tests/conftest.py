"""What tests may ask for."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from aiohttp import web

from deploy.demo import load
from deploy.postgres import Server
from portals.app import make_app
from services.platform import Platform
from services.settings import Settings
from tests.database import Dsns, drop_database, fresh_database, running_server
from tests.opening import open_platform


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One real PostgreSQL for the whole session."""
    with running_server() as running:
        yield running


@pytest.fixture
def database(server: Server) -> Iterator[Dsns]:
    """A database of the test's own, with the tables of the log: `.owner`, `.app`."""
    dsns = fresh_database(server)
    yield dsns
    drop_database(server, dsns)


@pytest.fixture
async def platform(database: Dsns) -> AsyncIterator[Platform]:
    """The platform on a fresh database, worker running: what people use, nothing faked."""
    async with open_platform(database.owner, database.app) as opened:
        yield opened


class Served(NamedTuple):
    """The application as it is served, and where."""

    app: web.Application
    address: str


@pytest.fixture(scope="session")
async def serving(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Served]:
    """The whole platform with the demo province, with its application."""
    dsns = fresh_database(server)
    settings = Settings(data=Path(tmp_path_factory.mktemp("data")), second_factor="offered")
    async with open_platform(dsns.owner, dsns.app) as platform:
        await load(platform, lambda zh, en: None)
        app = make_app(platform, settings)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield Served(app, f"http://127.0.0.1:{port}")
        await runner.cleanup()
    drop_database(server, dsns)


@pytest.fixture(scope="session")
async def served(serving: Served) -> str:
    """The address of the whole platform with the demo province."""
    return serving.address
