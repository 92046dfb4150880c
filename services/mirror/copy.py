"""Copy: what a mirror keeps, as the directory of a bundle.

Files are put in their place whole, the head last: whatever is broken off leaves the copy at the
head before, complete.
"""

from __future__ import annotations

import os
from pathlib import Path

from events.proofs import bundles
from events.proofs.bundles import Bundle, Extent
from events.proofs.canonical import canonical
from events.proofs.checkpoints import Checkpoint
from events.proofs.edges import Edge
from events.proofs.merkle import peaks
from events.proofs.tiles import WIDTH, Place, Tiles
from events.proofs.walking import root_at

EVIDENCE = "evidence"


class Copy:
    """The mirror's directory, with the head up to which it is complete."""

    def __init__(self, directory: Path) -> None:
        self.directory, self.bundle = directory, Bundle(directory)
        self.head: Checkpoint | None = None
        if self.bundle.has(bundles.CHECKPOINT):
            self.head = Checkpoint.parse(self.bundle.read(bundles.CHECKPOINT))

    @property
    def size(self) -> int:
        """Events that are kept."""
        return self.head.head.size if self.head else 0

    def base(self) -> Edge:
        """The edge of what stands in full tiles; everything after it is asked for anew."""
        full = self.size // WIDTH * WIDTH
        subtree = Tiles(self.bundle.tile, self.size).subtree
        return Edge(full, tuple(subtree(level, index) for level, index in peaks(full)))

    def begun(self) -> list[bytes]:
        """The hashes of the tile that is not full: the log must begin with them still."""
        width = self.size % WIDTH
        if not width:
            return []
        tile = self.bundle.tile(Place(0, self.size // WIDTH, width))
        return [tile[at : at + 32] for at in range(0, len(tile), 32)]

    def root_at(self, size: int) -> bytes:
        """The root when the log had so many events, at most those that are kept."""
        return root_at(self.bundle, size, self.size)

    def put(self, name: str, data: bytes) -> None:
        """Write one file, all at once."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)

    def advance(self, head: Checkpoint, entries: bool) -> None:
        """The copy is complete up to this head; the one before is kept, one of each size."""
        grown = self.size < head.head.size
        if self.head is not None and grown:
            self.put(f"{bundles.CHECKPOINTS}/{self.size}", bytes(self.head))
        if not entries:
            self.put(bundles.EXTENT, canonical({"from": 0, "to": 0}))
        self.put(bundles.CHECKPOINT, bytes(head))
        if grown:
            self._sweep(head.head.size)
        self.head = head

    def has_entries(self) -> bool:
        """Whether entries are kept too, from the first on."""
        return self.size == 0 or self.bundle.extent(self.size) == Extent(0, self.size)

    def evidence(self, name: str, data: bytes) -> None:
        """Keep what proves that the log has had two versions."""
        self.put(f"{EVIDENCE}/{name}", data)

    def _sweep(self, size: int) -> None:
        """Partial tiles that a wider one has replaced."""
        for path in self.directory.glob("**/*.p/*"):
            inside = path.relative_to(self.directory)
            current = path.name == str(size % WIDTH) or _of_upper(inside, size)
            if path.name.isdecimal() and not current:
                path.unlink()


def _of_upper(path: Path, size: int) -> bool:
    """Whether this is the partial tile of an upper level as it now is."""
    if path.parts[0] != "tile" or not path.parts[1].isdecimal() or path.parts[1] == "0":
        return False
    return (size >> 8 * int(path.parts[1])) % WIDTH == int(path.name)
