"""What must be true after any number of kills."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from uuid import UUID

from events.event import Recorded
from events.proofs.edges import Edge
from services.platform import Platform
from tests.events.test_concurrency import check_gapless
from tests.faults.loop import Kills, lines_of
from tests.faults.parts import Lines, keys_in


async def check_all(platform: Platform, kills: Kills) -> dict[str, Any]:
    """Raises `AssertionError` for the first violation; the figures of the run."""
    whole = [r async for page in platform.log.pages(most=5000) for r in page]
    check_gapless(whole)
    assert len(whole) == await platform.log.size()
    check_versions(whole)
    told = {key: at for lines in lines_of(kills.writers) for key, at in keys_in(lines).items()}
    await check_acknowledged(platform, told)
    await check_tree(platform)
    seen = check_follower(Lines(kills.followed), len(whole))
    await check_views(platform)
    return {"events": len(whole), "acknowledged": len(told), "followed": seen, **kills.dealt}


def check_versions(whole: list[Recorded]) -> None:
    """Each stream's versions are 1, 2, 3, … in the order of the log: no hole, nothing twice."""
    last: dict[UUID, int] = {}
    for recorded in whole:
        assert recorded.version == last.get(recorded.stream, 0) + 1, recorded
        last[recorded.stream] = recorded.version


_KEPT = "select key, position, position + together - 1 from log.events where key is not null"


async def check_acknowledged(platform: Platform, told: dict[UUID, tuple[int, int]]) -> None:
    """Everything that was acknowledged is where it was said to be, under its own key."""
    async with platform.pool.connection() as connection:
        rows = await (await connection.execute(_KEPT)).fetchall()
    kept = {key: (first, last) for key, first, last in rows}
    lost = {key: at for key, at in told.items() if kept.get(key) != at}
    assert not lost, f"{len(lost)} acknowledged commands are lost or elsewhere: {list(lost)[:3]}"
    places = sorted(kept.values())
    assert all(a[1] < b[0] for a, b in pairwise(places)), "a command is there twice"


async def check_tree(platform: Platform) -> None:
    """The edge, and every full tile, is of the tree over exactly these events."""
    async with platform.pool.connection() as db:
        leaves = await (
            await db.execute("select leaf from log.events order by position")
        ).fetchall()
        head = await (await db.execute("select size, edge from log.head")).fetchone()
        tiles = await (await db.execute("select level, index, hashes from log.tiles")).fetchall()
    edge, grown = Edge().extend(leaf for (leaf,) in leaves)
    assert head == (len(leaves), bytes(edge))
    kept = {(level, index): hashes for level, index, hashes in tiles}
    for level, place, hash_ in grown:
        at = 32 * (place % 256)
        tile = kept.get((level, place // 256))
        assert tile is None or tile[at : at + 32] == hash_, (level, place)
    assert len([index for level, index in kept if level == 0]) == len(leaves) // 256


def check_follower(lines: Lines, size: int) -> int:
    """It missed nothing and saw nothing twice, as far as it came."""
    seen = [int(line) for line in lines.whole()]
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) <= size
    return len(seen)


async def check_views(platform: Platform) -> None:
    """No view stopped, and each has the rows of one built anew from the whole log."""
    await platform.catch_up()
    assert not [b.view.name for b in platform.builders if b.failed]
    before = {b.view.name: await b.digest() for b in platform.builders}
    for builder in platform.builders:
        await builder.rebuild()
    await platform.catch_up()
    assert before == {b.view.name: await b.digest() for b in platform.builders}
