"""What is remembered of a view holds until the view changes, and only while changes are heard."""

from __future__ import annotations

import pytest

from services.bodies import import_divisions
from services.divisions import fujian
from services.known import Known
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ADMIN


async def test_it_is_asked_once_until_the_view_changes() -> None:
    asked = 0

    async def ask() -> int:
        nonlocal asked
        asked += 1
        return asked

    known = Known()
    assert [await known.answer("directory", "x", ask) for _ in range(2)] == [1, 2]
    known.changed(["directory"])
    assert [await known.answer("directory", "x", ask) for _ in range(2)] == [3, 3]
    assert await known.answer("directory", "y", ask) == 4
    known.changed(["trail"])
    assert await known.answer("directory", "x", ask) == 3
    known.changed(["directory"])
    assert await known.answer("directory", "x", ask) == 5
    known.deaf()
    assert [await known.answer("directory", "x", ask) for _ in range(2)] == [6, 7]


@pytest.mark.postgres
async def test_a_new_council_is_known_as_soon_as_the_view_has_it(platform: Platform) -> None:
    async def councils() -> list[str]:
        directory = platform.views.directory
        rows = await platform.known.answer("directory", "councils", directory.councils)
        return [str(row["division"]) for row in rows]

    for code in ("3500", "3501"):
        await import_divisions(platform, ADMIN, [d for d in fujian() if d.code[:4] == code])
        await caught_up(platform)
        assert code + "00" in await councils()
