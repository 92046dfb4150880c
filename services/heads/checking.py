"""Checking: the log reads itself again and holds what it finds against what was signed.

Each event's entry is made anew from its stored columns and its state is hashed anew; that must be
the leaf, the leaves must make the tiles, and the tree must have the root of every signed head of
its size. Parties check for themselves, with what they hold; this finds damage, and clumsy hands,
before they do (SEC 17a-4(f)(2)(ii), `audit.md` R7).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from psycopg import AsyncConnection

from events.proofs.checkpoints import Checkpoint
from events.proofs.edges import Edge, Grown
from events.proofs.entries import Entry
from events.proofs.merkle import leaf_hash
from events.proofs.tiles import WIDTH
from events.words import Words

#: Rows read at once: eight tiles.
PAGE = 2048
#: Told how many events of how many are read.
Progress = Callable[[int, int], None]

_EVENTS = """
    select position, leaf, party, (extract(epoch from recorded_at) * 1000)::bigint,
        sha256(state), version, stream::text, topic
    from log.events where position > %s and position <= %s order by position"""
_HEADS = "select size, checkpoint from log.heads where size > %s and size <= %s order by size"
_TILES = """
    select level, index, hashes from log.tiles
    where (level, index) in (select * from unnest(%s::smallint[], %s::bigint[]))"""
_ENDS = """
    select size, edge, (select coalesce(max(size), 0) from log.heads) from log.head"""


class Altered(Exception):
    """The first event that is not as it was, and how that is known."""

    def __init__(self, position: int, zh: str, en: str) -> None:
        super().__init__(f"{position}: {en}")
        self.position, self.words = position, Words(zh, en)


class Checked(NamedTuple):
    """What was read, and what is wrong with it; `altered` None = nothing."""

    size: int
    heads: int
    altered: Altered | None


@dataclass
class _Reading:
    """The tree as far as it was made anew."""

    edge: Edge = field(default_factory=Edge)
    #: The last size whose root was signed: up to there nothing was changed.
    sound: int = 0
    heads: int = 0
    #: Hashes of tiles that are not full yet, by level.
    growing: dict[int, list[bytes]] = field(default_factory=dict)


async def check(connection: AsyncConnection[Any], progress: Progress | None = None) -> Checked:
    """Read the whole log as it is now, a page at a time, resting as long as each took."""
    row = await (await connection.execute(_ENDS)).fetchone()
    size, edge, signed = row or (0, b"", 0)
    reading = _Reading()
    try:
        while reading.edge.size < size:
            begun = time.monotonic()
            await _page(connection, reading, min(size, reading.edge.size + PAGE))
            if progress is not None:
                progress(reading.edge.size, size)
            await asyncio.sleep(min(1.0, time.monotonic() - begun))
        if signed > size:
            raise Altered(size + 1, *_CUT)
        if bytes(reading.edge) != bytes(edge):
            raise Altered(reading.sound + 1, *_EDGE)
    except Altered as altered:
        return Checked(reading.edge.size, reading.heads, altered)
    return Checked(size, reading.heads, None)


async def _page(connection: AsyncConnection[Any], reading: _Reading, upto: int) -> None:
    span = [reading.edge.size, upto]
    rows = await (await connection.execute(_EVENTS, span)).fetchall()
    heads = await (await connection.execute(_HEADS, span)).fetchall()
    leaves = await asyncio.to_thread(_leaves, rows, *span)
    grown = await asyncio.to_thread(_grow, reading, leaves, heads)
    await _check_tiles(connection, reading, grown)


def _leaves(rows: Sequence[tuple[Any, ...]], after: int, upto: int) -> list[bytes]:
    """The hashes of the entries as they are made anew. Raises `Altered`."""
    for expected, row in zip(range(after + 1, upto + 1), rows, strict=False):
        if row[0] != expected:
            raise Altered(expected, *_MISSING)
        if leaf_hash(bytes(Entry(*row[2:]))) != bytes(row[1]):
            raise Altered(expected, *_OTHER)
    if len(rows) < upto - after:
        raise Altered(after + len(rows) + 1, *_MISSING)
    return [bytes(row[1]) for row in rows]


def _grow(
    reading: _Reading, leaves: list[bytes], heads: Sequence[tuple[int, bytes]]
) -> list[Grown]:
    """The tree with these leaves; at each size that was signed its root is compared."""
    grown, first = [], reading.edge.size
    for size, checkpoint in heads:
        grown += _extend(reading, leaves[reading.edge.size - first : size - first])
        if reading.edge.root != Checkpoint.parse(bytes(checkpoint)).head.root:
            raise Altered(reading.sound + 1, *_SIGNED_OTHER)
        reading.sound, reading.heads = size, reading.heads + 1
    return grown + _extend(reading, leaves[reading.edge.size - first :])


def _extend(reading: _Reading, leaves: list[bytes]) -> list[Grown]:
    reading.edge, grown = reading.edge.extend(leaves)
    return grown


async def _check_tiles(
    connection: AsyncConnection[Any], reading: _Reading, grown: list[Grown]
) -> None:
    """Tiles that became full are those that are served. Raises `Altered`."""
    full = dict(_full(reading, grown))
    levels, numbers = [level for level, _ in full], [number for _, number in full]
    rows = await (await connection.execute(_TILES, [levels, numbers])).fetchall()
    kept = {(level, number): bytes(hashes) for level, number, hashes in rows}
    for (level, number), hashes in full.items():
        if kept.get((level, number)) != hashes:
            raise Altered((number * WIDTH << 8 * level) + 1, *_TILE)


def _full(reading: _Reading, grown: list[Grown]) -> Iterator[tuple[tuple[int, int], bytes]]:
    for level, place, hash_ in grown:
        hashes = reading.growing.setdefault(level, [])
        hashes.append(hash_)
        if len(hashes) == WIDTH:
            yield (level, place // WIDTH), b"".join(reading.growing.pop(level))


_OTHER = (
    "内容、时间、单位或类型与入链时不同：由它算出的哈希与日志中保存的不符",
    "its state, time, party or kind is not what was logged: it hashes to something else",
)
_MISSING = ("这一条不见了", "it is missing")
_SIGNED_OTHER = (
    "从这里到下一个检查点之间，日志与当时签名的内容不同：事件和哈希被一起改过",
    "between here and the next head the log is not what was signed: events and hashes were changed "
    "together",
)
_TILE = (
    "对外提供的瓦片与由事件算出的不符：瓦片被改过，或残缺",
    "the tile that is served is not what the events make: it was changed, or is damaged",
)
_EDGE = (
    "事件与日志末端保存的哈希不符：末尾的事件或者末端的哈希被改过",
    "the events do not make the hashes kept at the log's end: those at the end, or they, differ",
)
_CUT = (
    "日志到此为止，但已为更多的事件签过检查点：末尾被删掉了",
    "the log ends here, but a head of more events was signed: its end was cut off",
)
