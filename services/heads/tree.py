"""Tree: tiles, entries and proofs of the log's tree, read from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from events.proofs.entries import Entry
from events.proofs.merkle import Subtree, consistency_proof, inclusion_proof
from events.proofs.tiles import WIDTH, Place, Tiles, pack

T = TypeVar("T")
#: Level and number of a tile.
Where = tuple[int, int]

_KEPT = """
    select level, index, hashes from log.tiles
    where (level, index) in (select * from unnest(%s::smallint[], %s::bigint[]))"""
_GROWING = """
    select coalesce(string_agg(leaf, ''::bytea order by position), '') from log.events
    where position > %s and position <= %s"""
_ENTRIES = """
    select party, (extract(epoch from recorded_at) * 1000)::bigint, sha256(state), version,
        stream::text, topic
    from log.events where position > %s and position <= %s order by position"""
_NOTHING = bytes(32)


class LogTree:
    """The tree at any size it ever had."""

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self._pool = pool

    async def inclusion(self, index: int, size: int) -> list[bytes]:
        """The path from a leaf to the root of the tree of this size."""
        return await self._prove(size, lambda subtree: inclusion_proof(index, size, subtree))

    async def consistency(self, old: int, new: int) -> list[bytes]:
        """That the tree of `old` leaves is the beginning of the tree of `new`."""
        return await self._prove(new, lambda subtree: consistency_proof(old, new, subtree))

    async def tile(self, place: Place) -> bytes:
        """The hashes of a tile, as wide as asked; shorter where the log is."""
        assert place.level is not None
        where = place.level, place.number
        async with self._pool.connection() as connection:
            tiles = await _tiles(connection, [where])
        return tiles[where][: 32 * place.width]

    async def entries(self, place: Place) -> bytes:
        """A bundle of entries, made of the stored columns as they are now."""
        first = place.number * WIDTH
        async with self._pool.connection() as connection:
            cursor = await connection.execute(_ENTRIES, [first, first + place.width])
            return pack(bytes(Entry(*row)) for row in await cursor.fetchall())

    async def _prove(self, size: int, prove: Callable[[Subtree], T]) -> T:
        """First to learn which tiles are needed, then with them."""
        needed: set[Where] = set()

        def note(level: int, index: int) -> bytes:
            tall, low = divmod(level, 8)
            needed.add((tall, (index << low) // WIDTH))
            return _NOTHING

        prove(note)
        async with self._pool.connection() as connection:
            tiles = await _tiles(connection, needed)
        return prove(Tiles(lambda place: _of(tiles, place), size).subtree)


def _of(tiles: dict[Where, bytes], place: Place) -> bytes:
    return tiles[place.level or 0, place.number][: 32 * place.width]


async def _tiles(connection: AsyncConnection[Any], needed: Iterable[Where]) -> dict[Where, bytes]:
    """Full tiles, and of the one that still grows at the bottom the hashes of its events."""
    wanted = sorted(needed)
    levels, numbers = [level for level, _ in wanted], [number for _, number in wanted]
    cursor = connection.cursor(binary=True)
    rows = await (await cursor.execute(_KEPT, [levels, numbers])).fetchall()
    tiles = {(level, number): bytes(hashes) for level, number, hashes in rows}
    for level, number in wanted:
        if level == 0 and (level, number) not in tiles:
            span = [number * WIDTH, number * WIDTH + WIDTH]
            row = await (await cursor.execute(_GROWING, span)).fetchone()
            tiles[level, number] = bytes(row[0]) if row else b""
    return {where: tiles.get(where, b"") for where in wanted}
