"""The same seed tells the same story: an undisturbed load, and every view built anew."""

from __future__ import annotations

from hashlib import sha256

import pytest

from deploy.postgres import Server
from services.platform import Platform
from tests.database import Dsns, copy_of, drop_database
from tests.opening import open_platform

pytestmark = pytest.mark.postgres

_SAID = "select position, stream, took_place, zh, en from {rows} order by position"


async def story(platform: Platform) -> str:
    """All that happened, in order, as one digest: which record, which day, the sentences."""
    told = sha256()
    for row in await platform.views.trail.rows(_SAID):
        told.update(repr(tuple(row.values())).encode())
    return told.hexdigest()


async def test_an_undisturbed_load_tells_the_same_story(
    demo: Platform, server: Server, province: Dsns
) -> None:
    dsns = copy_of(server, province)
    async with open_platform(dsns.owner, dsns.app, working=False) as again:
        assert await again.log.size() == await demo.log.size()
        assert await story(again) == await story(demo)
        here = {b.view.name: await b.digest() for b in again.builders}
        assert here["archives"] == await digest(demo, "archives")
    drop_database(server, dsns)


async def digest(platform: Platform, view: str) -> str:
    return await next(b for b in platform.builders if b.view.name == view).digest()


@pytest.mark.parametrize("view", ["archives", "follow_ups", "complaint_register", "pledge_board"])
async def test_a_view_built_anew_is_the_same(demo: Platform, view: str) -> None:
    before = await digest(demo, view)
    builder = next(b for b in demo.builders if b.view.name == view)
    await builder.rebuild()
    await demo.catch_up()
    assert await digest(demo, view) == before
