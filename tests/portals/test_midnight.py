"""The turn of a year with everybody sending: numbers begin anew, each once, and none is missing."""

from __future__ import annotations

import asyncio
import re

import pytest
from aiohttp.test_utils import TestClient, TestServer

from events.complaints import ComplaintRegistered
from portals.app import make_app
from services.settings import Settings
from tests.database import Dsns
from tests.effort import worked
from tests.moving import moving
from tests.opening import open_platform
from tests.portals.desks import Client
from tests.portals.lodging import PAGES, fields, know

pytestmark = pytest.mark.postgres
MANY, KEY = 50, "-0000-4000-8000-000000000000"


async def sends(client: Client, form: dict[str, str], key: str) -> None:
    data = {**form, "key": key, "effort": worked(key)}
    sent = await client.post("/complain", data=data, allow_redirects=False)
    assert sent.status == 303, await sent.text()


async def test_numbers_begin_anew_at_midnight_each_once_and_none_missing(database: Dsns) -> None:
    with moving(database.owner) as time:
        time.to(2026, 12, 31, 23, 59)
        async with open_platform(database.owner, database.app) as platform:
            know(platform)
            settings = Settings(secret="of the tests", limit_address=0, limit_account=0)  # type: ignore[arg-type]
            app = make_app(platform, settings, ["public"])
            async with TestClient(TestServer(app)) as client:
                page = await (await client.get("/complain")).text()
                told = {name: value for each in PAGES for name, value in each.items()}
                form = {**fields(page), **told, "step": "check", "to": "send"}
                sending = []
                for n in range(MANY):
                    if n == MANY // 2:
                        time.to(2027, 1, 1, 0, 0)
                        assert not all(task.done() for task in sending), "some are on their way"
                    sending.append(asyncio.create_task(sends(client, form, f"{n:08d}{KEY}")))
                    await asyncio.sleep(0.002)
                await asyncio.gather(*sending)
            lodged = await platform.log.of_kinds([ComplaintRegistered], most=1000)
    numbers = [each.event.number for each in lodged]  # type: ignore[attr-defined]
    found = [re.fullmatch(r"GZ-(\d{4})-(\d{6})-\w", number) for number in numbers]
    by_year: dict[str, list[int]] = {}
    for one in found:
        assert one is not None
        by_year.setdefault(one[1], []).append(int(one[2]))
    assert set(by_year) == {"2026", "2027"}
    assert sum(map(len, by_year.values())) == MANY
    for year, running in by_year.items():
        assert sorted(running) == list(range(1, len(running) + 1)), year
