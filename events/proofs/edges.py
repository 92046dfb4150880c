"""Edge: the complete subtrees of a growing tree, all that is needed to append and to know its root.

At most 63 hashes, however large the log; it is stored beside the size of the log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from events.proofs.merkle import fold, node_hash
from events.proofs.texts import HASH
from events.proofs.verdicts import Malformed


class Grown(NamedTuple):
    """A hash that goes into a tile: the tile's level, its place along the level, the hash."""

    level: int
    place: int
    hash: bytes


@dataclass(frozen=True)
class Edge:
    """The right edge of the tree of `size` leaves: hashes of its complete subtrees, left first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.hashes) != self.size.bit_count() or any(len(h) != HASH for h in self.hashes):
            raise Malformed(
                f"{self.size} 片叶的右缘应有 {self.size.bit_count()} 个哈希值",
                f"the edge of {self.size} leaves has {self.size.bit_count()} hashes",
            )

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Edge:
        """As `bytes(edge)` gave it; raises `Malformed` where it is not of this size."""
        return cls(size, tuple(data[at : at + HASH] for at in range(0, len(data), HASH)))

    def __bytes__(self) -> bytes:
        return b"".join(self.hashes)

    @property
    def root(self) -> bytes:
        """The root of the tree now."""
        return fold(self.hashes)

    def extend(self, leaves: Iterable[bytes]) -> tuple[Edge, list[Grown]]:
        """The edge after these leaf hashes, and what tiles (of height 8) gain, in order."""
        size, hashes, grown = self.size, list(self.hashes), []
        for leaf in leaves:
            grown.append(Grown(0, size, leaf))
            level, node, size = 0, leaf, size + 1
            while size >> level & 1 == 0:
                node, level = node_hash(hashes.pop(), node), level + 1
                if level % 8 == 0:
                    grown.append(Grown(level // 8, (size >> level) - 1, node))
            hashes.append(node)
        return Edge(size, tuple(hashes)), grown
