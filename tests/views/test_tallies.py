"""Sums stay right while rows come, change and go, and are the same when counted anew."""

from __future__ import annotations

from services.platform import Platform
from services.views.view import Row, View
from tests.bench.filling import fill

CHANGES = (
    "insert into {rows} select * from {spare}",
    "update {rows} set state = 'closed' where state = 'received'",
    "update {rows} set handler = 'other', restitution = restitution + 1 where number like '%%11-7'",
    "update {rows} set product = 'x'",
    "delete from {rows} where state = 'closed' and number like '%%3-7'",
    "delete from {rows} where handler = 'other'",
)


async def _counted(view: View, short: str) -> tuple[list[Row], list[Row]]:
    """What the tally says, and what counting everything says."""
    tally = view.tallies[short]
    keys = ", ".join(tally.by)
    sums = ", ".join(f"{sql} as {name}" for name, sql in tally.sums.items())
    kept = await view.whole(f"select * from {{{short}}} order by {keys}", {})
    anew = f"select {keys}, {sums} from {{{tally.of}}} group by {keys} order by {keys}"
    return kept, await view.whole(anew, {})


async def test_every_tally_is_what_counting_says(platform: Platform) -> None:
    await fill(platform, 2_000)
    for view in platform.views:
        for short in view.tallies:
            kept, anew = await _counted(view, short)
            assert kept == anew
            assert kept


async def test_a_tally_follows_every_change(platform: Platform) -> None:
    await fill(platform, 2_000)
    view = platform.views.complaints
    table = view.table("rows")
    async with platform.pool.connection() as db:
        await db.execute(f"create temp table spare as select * from {table} limit 500".encode())
        await db.execute(f"delete from {table} where id in (select id from spare)".encode())
        for change in CHANGES:
            done = await db.execute(change.format(rows=table, spare="spare").encode())
            assert done.rowcount > 0, change
            kept, anew = await _counted(view, "tallies")
            assert kept == anew, change
    assert all(row["n"] for row in kept)
