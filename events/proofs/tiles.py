"""Tiles (C2SP tlog-tiles): the tree as files of up to 256 hashes, and bundles of entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from events.proofs.merkle import root_of
from events.proofs.texts import HASH, MOST
from events.proofs.verdicts import Incomplete, Malformed

#: Hashes of a full tile.
WIDTH = 256
#: An entry's length is written in two bytes.
LONGEST = 0xFFFF
_PATH = re.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?\Z", re.ASCII
)


class Place(NamedTuple):
    """Which tile: level (None for a bundle of entries), its number along the level, width."""

    level: int | None
    number: int
    width: int = WIDTH

    def __str__(self) -> str:
        level = "entries" if self.level is None else self.level
        return f"tile/{level}/{number_path(self.number)}{self.ending}"

    @property
    def ending(self) -> str:
        """`.p/W` of a partial tile."""
        return "" if self.width == WIDTH else f".p/{self.width}"

    @classmethod
    def parse(cls, path: str) -> Place:
        """The tile of a path; raises `Malformed` for any other spelling of it."""
        found = _PATH.match(path)
        width = int(found[3] or WIDTH) if found else 0
        level = None if not found or found[1] == "entries" else int(found[1])
        index = int(re.sub("[x/]", "", found[2])) if found else 0
        place = cls(level, index, width)
        if not found or str(place) != path or width > WIDTH or (level or 0) > 63 or index > MOST:
            raise Malformed("不是瓦片的路径", "not the path of a tile")
        return place


def number_path(index: int) -> str:
    """1234067 is x001/x234/067."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    *front, last = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "".join(f"x{part}/" for part in front) + last


def width_at(level: int, index: int, size: int) -> int:
    """How many hashes this tile has in a tree of `size` leaves: 0 … 256."""
    return max(0, min(WIDTH, (size >> 8 * level) - index * WIDTH))


def levels(size: int) -> int:
    """How many levels of tiles a tree of this size has."""
    return (size.bit_length() + 7) // 8


def tiles_of(size: int) -> Iterator[Place]:
    """All tiles of a tree of this size, level by level."""
    for level in range(levels(size)):
        count = -(-(size >> 8 * level) // WIDTH)
        for index in range(count):
            yield Place(level, index, width_at(level, index, size))


def pack(entries: Iterable[bytes]) -> bytes:
    """A bundle of entries: each with its length in two bytes before it."""
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > LONGEST:
            raise Malformed(f"条目超过 {LONGEST} 字节", f"an entry is longer than {LONGEST} bytes")
        parts += (len(entry).to_bytes(2, "big"), entry)
    return b"".join(parts)


def unpack(data: bytes) -> list[bytes]:
    """The entries of a bundle; raises `Incomplete` where it breaks off inside one."""
    entries: list[bytes] = []
    at, end = 0, len(data)
    while at + 2 <= end:
        start = at + 2
        at = start + (data[at] << 8 | data[at + 1])
        entries.append(data[start:at])
    if at != end:
        raise Incomplete(
            f"在第 {len(entries)} 个条目中断", f"it breaks off in entry {len(entries)}"
        )
    return entries


def split(tile: bytes) -> list[bytes]:
    """The hashes of a tile; raises `Malformed` where its length is not a multiple of 32."""
    if len(tile) % HASH:
        raise Malformed("瓦片长度不是 32 的倍数", "a tile's length is no multiple of 32")
    return [tile[at : at + HASH] for at in range(0, len(tile), HASH)]


class Tiles:
    """The complete subtrees of a tree of `size` leaves, from its tiles.

    `read(place)` gives a tile's bytes, at least as wide as `place`; each is asked for once.
    Nothing is verified: whoever did not make the tiles compares the root with a signed head.
    """

    def __init__(self, read: Callable[[Place], bytes], size: int, kept: int = 256) -> None:
        self.size = size
        self._read = read
        self._tile = lru_cache(kept)(self._load)

    def subtree(self, level: int, index: int) -> bytes:
        """As `merkle` asks for it; raises `Incomplete` where the tile is too short."""
        tall, low = divmod(level, 8)
        tile, at = divmod(index << low, WIDTH)
        hashes = self._tile(tall, tile)[at * HASH : (at + (1 << low)) * HASH]
        if len(hashes) != HASH << low:
            place = Place(tall, tile, width_at(tall, tile, self.size))
            raise Incomplete(f"{place} 过短", f"{place} is too short")
        if low == 0:
            return hashes
        return _root_above(hashes) if tall else _root(hashes)

    def _load(self, level: int, index: int) -> bytes:
        return self._read(Place(level, index, width_at(level, index, self.size)))


def _root(hashes: bytes) -> bytes:
    """Of a subtree of one tile."""
    return root_of(split(hashes))


#: Of tiles above the leaves: few, and part of every proof.
_root_above = lru_cache(4096)(_root)
