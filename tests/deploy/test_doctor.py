"""The doctor says what it finds and touches nothing: late, stopped and rebuilding views."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest

from deploy.cli.doctor import Finding, findings
from events.complaints import ComplaintAccepted
from events.event import today
from events.ids import new_id
from events.log import Append
from services.actions.calendars import load_calendar_year
from services.platform import Platform
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import ZHAO
from tests.timekeeping.papers import days, loading, paper

pytestmark = pytest.mark.postgres


@pytest.fixture
async def idle(database: Dsns) -> AsyncIterator[Platform]:
    """A platform that builds nothing, with four events."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        accepted = ComplaintAccepted(by=ZHAO, number="GZ-1")
        await opened.log.append([Append(new_id(), 0, [accepted] * 4)])
        yield opened


async def of_views(platform: Platform) -> dict[str, Finding]:
    every = [finding async for finding in findings(platform, today())]
    return {f.what.en.removeprefix("view "): f for f in every if f.what.en.startswith("view ")}


async def change(platform: Platform, sql: str) -> None:
    async with platform.pool.connection() as connection:
        await connection.execute(sql.encode())


async def test_a_view_that_is_a_little_behind_is_well(idle: Platform) -> None:
    found = await of_views(idle)
    assert len(found) == len(idle.builders)
    assert all(f.well and f.found.en == "4 events behind" for f in found.values())
    assert await idle.worker.log.size() == 4
    assert (await of_views(idle)).keys() == found.keys(), "nothing was built by looking"


async def test_a_view_that_has_long_been_behind_is_not(
    idle: Platform, database: Dsns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.cli.doctor.LATE", -1.0)
    found = await of_views(idle)
    assert not any(f.well for f in found.values())
    assert "gongzhi worker" in next(iter(found.values())).found.en


async def test_a_stopped_view_names_event_and_reason(idle: Platform) -> None:
    await change(
        idle,
        "update views.tracking set position = 2, failed_at = 3,"
        " failure = 'ArithmeticError()' where name = 'tracking'",
    )
    stopped = next(f for name, f in (await of_views(idle)).items() if name.startswith("tracking"))
    assert not stopped.well
    for word in ("event 3", "ArithmeticError", "gongzhi views retry tracking"):
        assert word in stopped.found.en


async def test_a_rebuild_shows_how_far_it_is(idle: Platform) -> None:
    await idle.builders[0].rebuild()
    name = idle.builders[0].view.name
    await change(idle, f"update views.tracking set position = 3 where name = '{name}' and part = 1")
    found = [f for n, f in (await of_views(idle)).items() if n.startswith(name)]
    assert [f.found.en for f in found if "rebuilding" in f.what.en] == ["75 %, 1 events to go"]


async def test_an_arrangement_that_was_loaded_is_known(idle: Platform) -> None:
    async def of_2027() -> Finding:
        every = [found async for found in findings(idle, date(2027, 1, 5))]
        return next(found for found in every if found.what.en == "working calendar 2027")

    assert not (await of_2027()).well
    await idle.perform(load_calendar_year, loading(paper(2027, days("2027-02-05", 8), [])))
    assert (await of_2027()).found.en == "published"
