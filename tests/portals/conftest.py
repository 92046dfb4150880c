"""What tests of the portals share: the walk of every role, made once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from portals.pages import PLATFORM
from tests.conftest import Served
from tests.portals.every_record import add_what_the_demo_lacks
from tests.portals.visitors import HOMES, visitor
from tests.portals.walking import Walk, done, routes, samples


@pytest.fixture(scope="session")
async def walked(
    serving: Served, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, Walk]]:
    """Every role's walk along its links; nothing is tried or posted yet."""
    await add_what_the_demo_lacks(serving.app[PLATFORM], tmp_path_factory.mktemp("lacking"))
    async with AsyncExitStack() as stack:
        made = {
            role: Walk(await stack.enter_async_context(visitor(serving, role))) for role in HOMES
        }
        for walk in made.values():
            await walk.walk()
        yield made


@pytest.fixture(scope="session")
async def walks(serving: Served, walked: dict[str, Walk]) -> dict[str, Walk]:
    """The same, and every address tried by everybody; all posts come after all reading."""
    found = await samples(serving.app, walked)
    for walk in walked.values():
        await walk.try_all({r: a for r, a in found.items() if r in routes(serving.app, "GET")})
    posted = {r: found.get(r, r) for r in routes(serving.app, "POST")}
    before = await done(serving.app[PLATFORM])
    for walk in walked.values():
        await walk.post_all(posted)
    assert await done(serving.app[PLATFORM]) == before, "a form without token was done"
    for walk in walked.values():
        await walk.send_empty(posted)
    return walked
