"""Merkle trees of RFC 6962 (section 2.1): hashes, roots, proofs and their verification.

Proofs are made from a function that gives the hash of any complete subtree, `(level, index)` ->
hash over leaves index·2^level … (index+1)·2^level - 1, so that tiles, memory and a database can
serve alike. Verification follows RFC 9162, sections 2.1.3.2 and 2.1.4.2; subtrees follow
draft-ietf-plants-merkle-tree-certs, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from events.proofs.texts import HASH

#: The root of a tree without leaves.
EMPTY = sha256(b"").digest()

Subtree = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes (or over hashes of subtrees of one level)."""
    row = list(hashes)
    if not row:
        return EMPTY
    while len(row) > 1:
        # The last one of an odd row goes up as it is: the tree splits at powers of two.
        rest = row[len(row) & ~1 :]
        row = [sha256(b"\x01" + left + right).digest() for left, right in pairs(row)] + rest
    return row[0]


def pairs(row: Sequence[bytes]) -> Iterable[tuple[bytes, bytes]]:
    """First and second, third and fourth, …; a last one without partner is left out."""
    return zip(row[::2], row[1::2], strict=False)


def peaks(size: int) -> list[tuple[int, int]]:
    """The complete subtrees `(level, index)` that make a tree of this size, from the left."""
    levels = range(size.bit_length() - 1, -1, -1)
    return [(level, (size >> level) - 1) for level in levels if size >> level & 1]


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over the hashes of `peaks`."""
    if not hashes:
        return EMPTY
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def root(size: int, subtree: Subtree) -> bytes:
    """The root of the first `size` leaves."""
    return fold([subtree(level, index) for level, index in peaks(size)])


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The siblings from leaf to root; raises `ValueError` where there is no such leaf."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no leaf {index}")
    start, end, proof = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range(middle, end, subtree))
            end = middle
        else:
            proof.append(_range(start, middle, subtree))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """That the tree of `old` leaves is the beginning of the tree of `new`; empty from 0."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree does not grow from {old} to {new}")
    start, end, proof = 0, new, []
    while 0 < old < end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_range(middle, end, subtree))
            end = middle
        else:
            proof.append(_range(start, middle, subtree))
            start = middle
    if start:
        proof.append(_range(start, end, subtree))
    return proof[::-1]


def includes(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from this leaf hash at `index` to the root of `size` leaves."""
    if not 0 <= index < size or len(leaf) != HASH or any(len(p) != HASH for p in proof):
        return False
    at, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the old tree, of at least one leaf, begins the new one."""
    return old > 0 and subtree_consistent(0, old, new, old_root, new_root, proof)


def valid_subtree(start: int, end: int) -> bool:
    """Whether leaves start … end-1 are a subtree: it begins at a multiple of its full width."""
    return 0 <= start <= end and start % (1 << max(end - start - 1, 0).bit_length()) == 0


def subtree_includes(
    index: int, start: int, end: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof leads from leaf `index` of the tree to the root of the subtree."""
    return valid_subtree(start, end) and includes(index - start, end - start, leaf, proof, root)


def subtree_consistent(
    start: int, end: int, size: int, subtree_root: bytes, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the subtree stands in the tree of `size` leaves."""
    if not valid_subtree(start, end) or end > size or any(len(p) != HASH for p in proof):
        return False
    if start == end:
        return subtree_root == EMPTY and not proof
    first, at, last = start, end - 1, size - 1
    while first != at and (at == last or at & 1):
        first, at, last = first >> 1, at >> 1, last >> 1
    rest = list(proof)
    if first != at and not rest:
        return False
    seed = subtree_root if first == at else rest.pop(0)
    return _climb(first, at, last, seed, rest) == (subtree_root, root)


def _climb(
    first: int, at: int, last: int, seed: bytes, proof: list[bytes]
) -> tuple[bytes, bytes] | None:
    """The roots of the subtree and of the tree that a consistency proof leads to."""
    inner = outer = seed
    for sibling in proof:
        if last == 0:
            return None
        if at & 1 or at == last:
            if first < at:
                inner = node_hash(sibling, inner)
            outer = node_hash(sibling, outer)
            while not at & 1 and at:
                first, at, last = first >> 1, at >> 1, last >> 1
        else:
            outer = node_hash(outer, sibling)
        first, at, last = first >> 1, at >> 1, last >> 1
    return (inner, outer) if last == 0 else None


def _split(width: int) -> int:
    """The largest power of two below the width."""
    return 1 << (width - 1).bit_length() - 1


def _range(start: int, end: int, subtree: Subtree) -> bytes:
    """The hash over leaves start … end-1 where start is a multiple of the full width."""
    hashes = []
    for level, index in peaks(end - start):
        hashes.append(subtree(level, (start >> level) + index))
    return fold(hashes)


class Tree:
    """A whole tree in memory, leaf hashes and all complete subtrees above them."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self.levels[0])

    def append(self, leaf: bytes) -> None:
        """One more leaf hash, and the subtrees that it completes."""
        self.levels[0].append(leaf)
        level = 0
        while len(self.levels[level]) % 2 == 0:
            if len(self.levels) == level + 1:
                self.levels.append([])
            self.levels[level + 1].append(node_hash(*self.levels[level][-2:]))
            level += 1

    def subtree(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree; raises `IndexError` where it is not complete."""
        return self.levels[level][index]

    def root(self, size: int | None = None) -> bytes:
        """The root now, or as it was at an earlier size."""
        return root(len(self) if size is None else size, self.subtree)
