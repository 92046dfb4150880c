"""What tests may ask for."""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiohttp import web
from argon2 import PasswordHasher

from deploy.demo import load
from deploy.postgres import Server
from portals.app import make_app
from services import desk
from services.platform import Platform
from services.settings import Settings
from tests.database import Dsns, copy_of, drop_database, fresh_database, running_server
from tests.opening import open_platform
from tests.spreading import FilesTogether

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Random ids stay out of the names of tests: every process must know the same ones."""
    return _ID.sub("id", val) if isinstance(val, str) and _ID.search(val) else None


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether:
    """In several processes (`-n 2`), each with a PostgreSQL of its own."""
    return FilesTogether(config, log)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """argon2id all the same, with less work: `tests/services/test_desk.py` sees what is shipped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
        patch.setattr(desk, "NOBODY", desk.HASHER.hash("of nobody"))
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One real PostgreSQL for the whole session."""
    with running_server(durable=False) as running:
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
async def province(server: Server) -> AsyncIterator[Dsns]:
    """A database with the demo province, to take copies of."""
    dsns = fresh_database(server)
    async with open_platform(dsns.owner, dsns.app, working=False) as platform:
        await load(platform, lambda zh, en: None)
    yield dsns
    drop_database(server, dsns)


@pytest.fixture(scope="session")
async def serving(
    server: Server, province: Dsns, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Served]:
    """The whole platform with the demo province, with its application."""
    dsns = copy_of(server, province)
    settings = Settings(
        data=Path(tmp_path_factory.mktemp("data")),
        second_factor="offered",
        limit_address=0,
        limit_account=0,
    )
    async with open_platform(dsns.owner, dsns.app) as platform:
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
