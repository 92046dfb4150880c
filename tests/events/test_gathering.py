"""Questions asked together are one; each gets its own answer, or what went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from events.gathering import Gathering


async def test_all_who_ask_meanwhile_are_answered_by_one_question() -> None:
    asked: list[list[int]] = []

    async def double(keys: Sequence[int]) -> dict[int, int]:
        asked.append(list(keys))
        await asyncio.sleep(0.01)
        return {key: 2 * key for key in keys if key != 3}

    gathering = Gathering(double)
    first = asyncio.create_task(gathering.one(1))
    await asyncio.sleep(0.005)
    assert await asyncio.gather(*(gathering.one(key) for key in (2, 3, 4, 2))) == [4, None, 8, 4]
    assert await first == 2
    assert asked == [[1], [2, 3, 4]]


async def test_who_leaves_takes_nobody_along() -> None:
    async def same(keys: Sequence[str]) -> dict[str, str]:
        await asyncio.sleep(0.01)
        return {key: key for key in keys}

    gathering = Gathering(same)
    leaves, stays = (asyncio.create_task(gathering.one("a")) for _ in range(2))
    await asyncio.sleep(0)
    leaves.cancel()
    assert await stays == "a"


async def test_a_fault_is_told_to_all_and_the_next_is_asked_anew() -> None:
    faults = [OSError("away")]

    async def sometimes(keys: Sequence[int]) -> dict[int, int]:
        if faults:
            raise faults.pop()
        return {key: key for key in keys}

    gathering = Gathering(sometimes)
    told = await asyncio.gather(*(gathering.one(n) for n in range(3)), return_exceptions=True)
    assert [type(each) for each in told] == [OSError] * 3
    with pytest.raises(AssertionError):
        assert await gathering.one(1) == 2
