"""What tests may ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from deploy.postgres import Server
from services.platform import Platform, open_platform
from tests.database import Dsns, drop_database, fresh_database, running_server


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
