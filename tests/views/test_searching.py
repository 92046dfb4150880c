"""Words are found wherever they stand, by the index as by reading everything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from unittest.mock import patch

import pytest

from deploy.postgres import Server
from services.platform import Platform
from services.views import asking
from services.views.searching import is_number, pairs, words
from tests.bench.filling import filled, filled_id

TYPED = (
    "超市", "福州万家", "灯", "a%", "100%", "_", "\\", "没有这个词", "有限公司", "市有", "7",
    "77电", "A", "''", "水晶吊灯", "%(text)s", " ",
)  # fmt: skip


@pytest.fixture(scope="module")
async def crowded(server: Server) -> AsyncIterator[Platform]:
    """A platform whose views are filled, with some names that are hard to look for."""
    async with filled(server, 2_000) as platform:
        await _rename(platform)
        yield platform


async def _rename(platform: Platform) -> None:
    async with platform.pool.connection() as db:
        rows = platform.views.directory.table("parties")
        for nth, name in enumerate(("a%b店", "100%棉", "x_y\\z", "一'二\"三", "A B\n丙")):
            await db.execute(
                f"update {rows} set name = %s where id = %s".encode(),
                [name, filled_id("enterprise", nth)],
            )


@pytest.mark.parametrize("typed", TYPED)
async def test_what_is_found_is_what_contains_the_words(crowded: Platform, typed: str) -> None:
    directory = crowded.views.directory
    condition = words(typed, "u.name", "u.division_name", "u.trade")
    sql = f"select id from {{parties}} u where {condition.match}"
    expected = {row["id"] for row in await directory.rows(sql, dict(condition.values))}
    for near, hits in ((1_000, 5_000), (10, 5_000), (10, 5)):
        with patch.multiple(asking, NEAR=near, HITS=hits):
            found, number = set(), 1
            while True:
                page = await directory.parties(text=typed, number=number)
                found |= {row["id"] for row in page.rows}
                if not page.has_next:
                    break
                number += 1
        assert found == expected, (near, hits)


async def test_a_long_search_is_not_counted_to_its_end(crowded: Platform) -> None:
    page = await crowded.views.directory.parties(text="福州")
    assert (len(page.rows), page.total, page.more, page.has_next) == (50, 50, True, True)
    few = await crowded.views.directory.parties(kind="council", text="消费者委员会9")
    assert (few.total, few.more) == (len(few.rows), False)


def test_every_character_stands_in_a_pair() -> None:
    assert pairs("灯") == ["灯"]
    assert pairs("电动车") == ["电动", "动车"]
    assert pairs("ABcd") == ["ab", "cd"]
    assert len(pairs("长" * 90)) <= 8


def test_numbers_are_not_looked_for_in_texts() -> None:
    assert is_number("gz-2026-000123-c")
    assert not is_number("GZ-2026")


async def test_words_far_behind_are_shown_by_the_index_and_each_once(crowded: Platform) -> None:
    """Among the first rows are none, more than are looked at have them: some of those."""
    shown: list[str] = []
    with patch.multiple(asking, NEAR=10, HITS=120, FAR=20):
        for number in range(1, 9):
            page = await crowded.views.directory.parties("enterprise", "龙岩", number)
            shown += [row["id"] for row in page.rows]
            assert all("龙岩" in row["name"] for row in page.rows)
            assert page.more
            if not page.has_next:
                break
    assert number == 3
    assert len(shown) == len(set(shown)) == 120
