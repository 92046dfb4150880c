"""Who does not rate is reminded once, then counted as silent; who rates is left alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from services.actions import complaints as c
from services.platform import Platform
from services.reminding import Reminding
from tests.caught_up import caught_up
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import CONSUMER, GULOU, LI, MINHAI

pytestmark = pytest.mark.postgres
START = datetime.now(UTC)
TELLS: dict[str, Any] = {
    "respondent": "闽海充电器", "respondent_address": "八一七路1号", "facts": "充电器着火",
    "request": "退货", "name": "陈小姐", "phone": "13800001234", "address": "福州市鼓楼区",
}  # fmt: skip


@pytest.fixture
async def platform(database: Dsns) -> AsyncIterator[Platform]:
    async with open_platform(database.owner, database.app, working=False) as opened:
        yield opened


async def ended(platform: Platform) -> Any:
    """A complaint that ended in an agreement on the first day."""
    begun = c.RegisterComplaint(by=CONSUMER, handler=GULOU, enterprise=MINHAI, **TELLS)
    await platform.perform(c.register_complaint, begun)
    said: dict[str, Any] = {"by": LI, "complaint": begun.complaint}
    await platform.perform(c.accept_complaint, c.AcceptComplaint(**said))
    await platform.perform(c.start_mediation, c.StartMediation(**said))
    await platform.perform(c.record_agreement, c.RecordAgreement(**said, remedy="refund"))
    return begun.complaint


async def turned(platform: Platform, days: int) -> int:
    await platform.catch_up()
    done = await Reminding(platform).turn(START + timedelta(days=days))
    await platform.catch_up()
    return done


async def test_reminded_once_then_silent(platform: Platform) -> None:
    silent, spoken = await ended(platform), await ended(platform)
    rates = c.StateSatisfaction(by=c.complainant(spoken), complaint=spoken, stars="5")
    await platform.perform(c.state_satisfaction, rates)
    assert await turned(platform, 19) == 0
    assert await turned(platform, 20) == 1
    assert await turned(platform, 30) == 0
    assert await turned(platform, 40) == 1
    assert await turned(platform, 80) == 0
    row = await platform.views.complaints.one(silent)
    assert row is not None
    assert row["reminded_on"]
    assert row["lapsed_on"]


async def test_looks_are_an_hour_apart_however_often_the_server_is_restarted(
    database: Dsns, platform: Platform
) -> None:
    async def is_time(minutes: int) -> bool:
        async with open_platform(database.owner, database.app, working=False) as restarted:
            return await Reminding(restarted).is_time(START + timedelta(minutes=minutes))

    asked = (0, 20, 40, 61, 62, 100, 122)
    assert [minutes for minutes in asked if await is_time(minutes)] == [61, 122]


async def test_however_many_are_due_all_are_reminded_in_one_turn(
    database: Dsns, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_platform(database.owner, database.app) as platform:
        for _ in range(5):
            await ended(platform)
        few = partial(platform.views.complaints.unrated, most=2)
        monkeypatch.setattr(platform.views.complaints, "unrated", few)
        await caught_up(platform)
        assert await Reminding(platform).turn(START + timedelta(days=20)) == 5
