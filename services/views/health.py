"""How far each view has been built, and which one stopped where and why; where the log ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from services.views.view import Row, View

_TRACKED = """
    select t.name, t.version, t.part, t.parts, t.position, t.failed_at, t.failure,
        greatest(h.size - t.position, 0) as lag,
        coalesce(greatest(extract(epoch from now() - e.recorded_at), 0), 0)::float as late
    from views.tracking t cross join log.head h
    left join log.events e on e.position = t.position + 1
    order by t.failed_at nulls last, t.name, t.version, t.part"""

_HEAD = """
    select h.size as log_position, h.size - coalesce(t.position, h.size) as policies_lag_events,
        coalesce(greatest(extract(epoch from now() - e.recorded_at), 0), 0)::float
            as policies_lag_seconds
    from log.head h left join views.tracking t on t.name = 'policies' and t.version = 1
    left join log.events e on e.position = t.position + 1"""


async def health(pool: AsyncConnectionPool[Any], views: Iterable[View]) -> list[Row]:
    """How these views stand, stopped ones first: position, failed_at, failure.

    `lag` = events that are not read yet, `late` = seconds since the first of them was recorded.
    `part` 0 = what is shown; others are parts of one that is being built beside it.
    """
    present = {(view.name, view.version) for view in views}
    async with pool.connection() as connection:
        rows = await (await connection.cursor(row_factory=dict_row).execute(_TRACKED)).fetchall()
    return [row for row in rows if (row["name"], row["version"]) in present]


async def head(pool: AsyncConnectionPool[Any]) -> Row:
    """`log_position`; `policies_lag_events` that no policy has acted on, the oldest so old."""
    async with pool.connection() as connection:
        cursor = await connection.cursor(row_factory=dict_row).execute(_HEAD)
        row: Row | None = await cursor.fetchone()
    assert row is not None, "the log has one head"
    return row
