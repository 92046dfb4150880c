"""Running numbers: each once, whoever asks, and none that was recorded is given again."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from psycopg_pool import AsyncConnectionPool

from events.log import Log
from services.platform import Platform
from tests.database import Dsns

pytestmark = pytest.mark.postgres


async def test_all_who_ask_at_once_get_numbers_of_their_own(platform: Platform) -> None:
    asked = [platform.log.next_number(f"GZ-{n % 2}") for n in range(300)]
    numbers = await asyncio.gather(*asked)
    assert sorted(numbers[::2]) == sorted(numbers[1::2]) == list(range(1, 151))
    assert await platform.log.next_number("GZ-0") == 151


async def test_one_that_was_not_used_is_given_again_unless_one_after_it_was(
    platform: Platform,
) -> None:
    first, second = [await platform.log.next_number("GZ") for _ in range(2)]
    await platform.log.give_back("GZ", first)
    assert await platform.log.next_number("GZ") == second + 1
    await platform.log.give_back("GZ", second + 1)
    assert await platform.log.next_number("GZ") == second + 1


async def test_two_processes_never_give_the_same(platform: Platform, database: Dsns) -> None:
    async with AsyncConnectionPool(
        database.app, min_size=1, max_size=2, kwargs={"autocommit": True}
    ) as pool:
        logs = (platform.log, Log(pool))
        numbers = await asyncio.gather(*(logs[n % 2].next_number("JD") for n in range(200)))
    assert sorted(numbers) == list(range(1, 201))


async def test_who_leaves_takes_nobody_along(platform: Platform) -> None:
    leaves, *stay = (asyncio.create_task(platform.log.next_number("CN")) for _ in range(5))
    await asyncio.sleep(0)
    leaves.cancel()
    numbers = await asyncio.gather(*stay)
    assert len(set(numbers)) == 4
    assert leaves.cancelled()


async def test_a_database_that_is_away_is_said_to_all_and_the_next_can_ask(
    database: Dsns,
) -> None:
    async with AsyncConnectionPool(
        database.app + " port=1", min_size=0, max_size=1, timeout=0.2, open=False
    ) as pool:
        log = Log(pool)
        for _ in range(2):
            asked = (log.next_number("IM") for _ in range(3))
            found = await asyncio.gather(*asked, return_exceptions=True)
            assert all(isinstance(each, psycopg.OperationalError) for each in found)
