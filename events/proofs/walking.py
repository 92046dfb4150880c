"""Walking: a bundle's tree from the leaves up, every tile against what stands below it.

A root that fits is not enough: a tile that was forged together with its entries fits below and is
found only where the tile above it is compared. Each level is read once, from left to right; only
the hashes of its full tiles are kept, which are the next level.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from events.proofs.bundles import Bundle, Extent
from events.proofs.merkle import root, root_of
from events.proofs.records import Records, missing, place
from events.proofs.texts import HASH
from events.proofs.tiles import WIDTH, Place, Tiles, split, width_at
from events.proofs.verdicts import Malformed, Tampered


def walk(bundle: Bundle, size: int, extent: Extent, records: Records | None) -> bytes:
    """The root that the bundle's tiles lead to, everything below it compared.

    Without `records` the entries are only hashed, whatever form they have. Raises naming the first
    position, from the left and from below, that does not fit.
    """
    tops = _leaves(bundle, size, extent, records)
    level = 1
    while size >> 8 * level:
        tops = _above(bundle, size, level, tops)
        level += 1
    return root_at(bundle, size, size)


def root_at(bundle: Bundle, old: int, size: int) -> bytes:
    """The root when the tree had `old` leaves, from the tiles of the tree of `size`."""
    return root(old, Tiles(bundle.tile, size).subtree)


def _leaves(bundle: Bundle, size: int, extent: Extent, records: Records | None) -> list[bytes]:
    """The hashes of the full tiles of leaves."""
    tops: list[bytes] = []
    for index in range(-(-size // WIDTH)):
        width = width_at(0, index, size)
        tile = bundle.tile(Place(0, index, width))
        promised = index * WIDTH < extent.end and index * WIDTH + width > extent.start
        if bundle.has_entries(index, width):
            # Outside the extent there may be holes, so nothing is said of the history there.
            _entries(bundle, index, width, tile, records if promised else None)
        elif promised:
            raise missing(index * WIDTH, index * WIDTH + width)
        if width == WIDTH:
            tops.append(root_of(split(tile)))
    return tops


def _entries(bundle: Bundle, index: int, width: int, tile: bytes, records: Records | None) -> None:
    entries = bundle.entries(index, width)
    hashes = b"".join([sha256(b"\x00" + entry).digest() for entry in entries])
    if hashes != tile:
        at = first_other(hashes, tile)
        raise Tampered(
            f"{place(index * WIDTH + at)}：条目与瓦片 {Place(0, index, width)} 中的哈希不符",
            f"{place(index * WIDTH + at)}: the entry does not fit its hash in "
            f"{Place(0, index, width)}",
        )
    if records is not None:
        records.add(index * WIDTH, entries, bundle.states(index, width))


def _above(bundle: Bundle, size: int, level: int, below: list[bytes]) -> list[bytes]:
    """Compares the tiles of a level with the full tiles below; gives their own hashes."""
    tops: list[bytes] = []
    for index in range(-(-(size >> 8 * level) // WIDTH)):
        width = width_at(level, index, size)
        made = below[index * WIDTH : index * WIDTH + width]
        tile = bundle.tile(Place(level, index, width))
        if b"".join(made) != tile:
            _not_its_parent(level, index, width, first_other(b"".join(made), tile))
        if width == WIDTH:
            tops.append(root_of(made))
    return tops


def _not_its_parent(level: int, index: int, width: int, at: int) -> None:
    child, parent = Place(level - 1, index * WIDTH + at), Place(level, index, width)
    span = 1 << 8 * level
    start = (index * WIDTH + at) * span
    raise Tampered(
        f"第 {start + 1} 至 {start + span} 条：瓦片 {child} 与上一级 {parent} 不符",
        f"records {start + 1} to {start + span}: {child} does not fit {parent} above it",
    )


def first_other(one: bytes, other: bytes) -> int:
    """Which hash of two tiles is the first that differs."""
    return next(at for at, pair in enumerate(_both(one, other)) if pair[0] != pair[1])


def _both(one: bytes, other: bytes) -> Iterator[tuple[bytes, bytes]]:
    if len(one) != len(other):
        raise Malformed("瓦片长度不对", "a tile is not as wide as it must be")
    for at in range(0, len(one), HASH):
        yield one[at : at + HASH], other[at : at + HASH]
