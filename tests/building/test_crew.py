"""Batches: all views in one transaction; a poison event stops its own view, just before it."""

from __future__ import annotations

import logging
from uuid import uuid4

import pytest

from events.codec import UnknownForm
from services.building import progress
from services.platform import Platform
from services.views.health import health
from tests.building.counting import Counting, CountingLater, positions, record, worker_of

pytestmark = pytest.mark.postgres


async def failures(platform: Platform) -> dict[tuple[str, int], tuple[int, int | None]]:
    async with platform.pool.connection() as connection:
        rows = await progress.read(connection)
    return {r.key[:2]: (r.position, r.failed_at) for r in rows if r.name == "counting"}


@pytest.mark.parametrize("how", ["unseen", "refused"])
async def test_a_poison_event_stops_its_own_view_only(platform: Platform, how: str) -> None:
    poisoned, sound = Counting(platform.pool), CountingLater(platform.pool)
    setattr(poisoned, how, 17)
    async with worker_of(platform, poisoned, sound) as worker:
        await record(platform, 40)
        await worker.catch_up()
        assert await positions(poisoned) == list(range(1, 17))
        assert await positions(sound) == list(range(1, 41))
        assert await failures(platform) == {("counting", 1): (16, 17), ("counting", 2): (40, None)}
        shown = await health(platform.pool, [poisoned, sound])
        assert (shown[0]["failed_at"], shown[0]["lag"]) == (17, 24)
        assert shown[0]["failure"]
        assert "below" not in shown[0]["failure"]


async def test_a_stopped_view_is_tried_again_after_a_fix(platform: Platform) -> None:
    view = Counting(platform.pool)
    view.unseen = 3
    await record(platform, 8)
    async with worker_of(platform, view) as worker:
        await worker.catch_up()
    assert await failures(platform) == {("counting", 1): (2, 3)}
    view.unseen = None
    async with platform.pool.connection() as connection:
        for part in await progress.read(connection):
            await progress.retry(connection, part.key)
    async with worker_of(platform, view) as worker:
        await worker.catch_up()
    assert await positions(view) == list(range(1, 9))


async def test_an_unknown_form_stops_just_before_it_and_is_named(platform: Platform) -> None:
    view = Counting(platform.pool)
    async with worker_of(platform, view) as worker:
        await record(platform, 6)
        newer = (uuid4(), 1, "complaint-accepted.v99", "", b"{}")
        await platform.log.writer.append([newer])
        await record(platform, 3, streams=1)
        with pytest.raises(UnknownForm, match=r"complaint-accepted\.v99.*position 7"):
            await worker.catch_up()
        assert await positions(view) == list(range(1, 7))
        assert await failures(platform) == {("counting", 1): (6, 7)}


async def test_a_worker_that_is_too_old_gives_up_its_seats(
    platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    view = Counting(platform.pool)
    async with worker_of(platform, view) as worker:
        await platform.log.writer.append([(uuid4(), 1, "complaint-accepted.v99", "", b"{}")])
        with caplog.at_level(logging.CRITICAL):
            await worker.run()
        assert "too old" in caplog.text
        assert "complaint-accepted.v99" in caplog.text
