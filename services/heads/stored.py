"""Stored: entries with their states, as the log's rows are now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from events.proofs.entries import Entry

#: Rows read at once: eight bundles of entries.
PAGE = 2048

_COLUMNS = """
    select position, party, (extract(epoch from recorded_at) * 1000)::bigint, version,
        stream::text, topic, state from log.events"""
_SPAN = f"{_COLUMNS} where position > %s and position <= %s order by position"
_STREAMS = f"{_COLUMNS} where stream = any(%s) order by position"
_ONE = f"{_COLUMNS} where position = %s"

_STATES_OF = """
    select case when party = %s then state end from log.events
    where position > %s and position <= %s order by position"""


class Stored(NamedTuple):
    """An event as a verifier sees it. `position` counts from 1; its leaf is one less."""

    position: int
    entry: Entry
    state: bytes


async def span(
    pool: AsyncConnectionPool[Any], after: int, upto: int, page: int = PAGE
) -> AsyncIterator[list[Stored]]:
    """The events after one position up to another, page by page; in memory is one page."""
    while after < upto:
        found = await _read(pool, _SPAN, [after, min(upto, after + page)])
        yield found
        after += page


async def streams(pool: AsyncConnectionPool[Any], ids: list[UUID]) -> list[Stored]:
    """All events of these streams, in the order of the log."""
    return await _read(pool, _STREAMS, [ids])


async def one(pool: AsyncConnectionPool[Any], position: int) -> Stored | None:
    """The event at this position."""
    found = await _read(pool, _ONE, [position])
    return found[0] if found else None


async def states_of(
    pool: AsyncConnectionPool[Any], party: str, after: int, many: int
) -> list[bytes | None]:
    """The states of the events after a position, where this party acted; None for others'."""
    async with pool.connection() as connection:
        cursor = connection.cursor(binary=True)
        await cursor.execute(_STATES_OF, [party, after, after + many])
        return [row[0] for row in await cursor.fetchall()]


async def _read(pool: AsyncConnectionPool[Any], sql: str, values: list[object]) -> list[Stored]:
    async with pool.connection() as connection:
        cursor = connection.cursor(binary=True)
        await cursor.execute(sql.encode(), values)
        return [_stored(*row) for row in await cursor.fetchall()]


def _stored(
    position: int, party: str, at: int, version: int, stream: str, topic: str, state: bytes
) -> Stored:
    entry = Entry(party, at, sha256(state).digest(), version, stream, topic)
    return Stored(position, entry, state)
