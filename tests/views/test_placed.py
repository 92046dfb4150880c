"""Where the business of a case is stands with the case, however its view is built."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from events.event import PartyRef
from events.log import Append
from events.parties import EnterpriseRegistered
from services.building.parallel import rebuild
from services.platform import Platform
from services.views.narrowing import Narrow
from tests.caught_up import caught_up
from tests.people import ADMIN, COUNCIL, MINHAI, party
from tests.views.test_complaint_register import told

pytestmark = pytest.mark.postgres

NOBODY = party("没有登记过的企业", "enterprise", 77)


async def registered(platform: Platform, business: PartyRef, division: str) -> None:
    event = EnterpriseRegistered(
        by=ADMIN, enterprise=business, name=business.name, credit_code="91350100M0001A0000",
        division=division,
    )  # fmt: skip
    await platform.log.append([Append(UUID(business.id), 0, [event])])


async def numbers_in(platform: Platform, place: str) -> list[str]:
    narrow = Narrow(place=place)
    page = await platform.views.complaints.handled_by(COUNCIL.id, narrow=narrow)
    assert page.total == len(page.rows)
    return [str(row["id"]) for row in page.rows]


async def test_a_list_by_place_has_the_cases_whose_business_is_there(platform: Platform) -> None:
    await registered(platform, MINHAI, "350102")
    there = await told(platform, enterprise=MINHAI)
    await told(platform, enterprise=NOBODY)
    await told(platform)
    await caught_up(platform)
    for place, found in (("3501", [there]), ("350102", [there]), ("3502", []), ("350103", [])):
        assert await numbers_in(platform, place) == [str(each) for each in found]


async def test_built_anew_by_two_processes_it_is_the_same(platform: Platform) -> None:
    await registered(platform, MINHAI, "350102")
    for _ in range(4):
        await told(platform, enterprise=MINHAI)
    await caught_up(platform)
    view = platform.views.complaints
    shown = await numbers_in(platform, "350102")
    assert len(shown) == 4
    async with platform.pool.connection() as connection:
        await connection.execute(f"update {view.table('rows')} set place = ''".encode())
    await rebuild(platform.pool, view, 2)
    async with asyncio.timeout(60):
        while await numbers_in(platform, "350102") != shown:
            await platform.worker.catch_up()
