"""Writing a bundle: entry by entry, with the tiles over them; and the verifier as one file."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from events.proofs import bundles
from events.proofs.bundles import Bundle, states_path
from events.proofs.edges import Edge
from events.proofs.merkle import leaf_hash
from events.proofs.states import State, pack_states
from events.proofs.tiles import WIDTH, Place, pack

VERIFIER = "verify.pyz"
_PACKAGE = "events.proofs"
#: The same bytes from the same source, whenever it is written.
_MADE = (1980, 1, 1, 0, 0, 0)


class Writer:
    """Adds entries to a bundle from its first one on; `close` writes what is not a full tile.

    What it writes is made from the entries alone, so a tile that was forged where they come from
    does not get in: `edge.root` is to be compared with the head.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.edge = Edge()
        self._tiles: dict[int, list[bytes]] = {}
        self._entries: list[bytes] = []
        self._states: list[State] = []

    def add(self, entry: bytes, state: State) -> None:
        """The next entry, and its state, `None` or `Erased`."""
        self._entries.append(entry)
        self._states.append(state)
        self.edge, grown = self.edge.extend([leaf_hash(entry)])
        for level, place, hash_ in grown:
            hashes = self._tiles.setdefault(level, [])
            hashes.append(hash_)
            if len(hashes) == WIDTH:
                self._tile(level, place // WIDTH)
        if len(self._entries) == WIDTH:
            self._bundle((self.edge.size - 1) // WIDTH)

    def close(self) -> Edge:
        """Writes the partial tiles; the edge of the whole tree."""
        for level in [level for level, hashes in self._tiles.items() if hashes]:
            self._tile(level, (self.edge.size >> 8 * level) // WIDTH)
        if self._entries:
            self._bundle(self.edge.size // WIDTH)
        return self.edge

    def put(self, name: str, data: bytes) -> None:
        """Any other file of the bundle."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def _tile(self, level: int, index: int) -> None:
        hashes = self._tiles.pop(level)
        self.put(str(Place(level, index, len(hashes))), b"".join(hashes))

    def _bundle(self, index: int) -> None:
        width = len(self._entries)
        self.put(str(Place(None, index, width)), pack(self._entries))
        if any(state is not None for state in self._states):
            self.put(states_path(index, width), pack_states(self._states))
        self._entries, self._states = [], []


def write_sums(directory: Path) -> None:
    """SHA256SUMS over all other files, as `sha256sum -c` reads it."""
    names = [name for name in Bundle(directory).files if name != bundles.SUMS]
    lines = (f"{_sum(directory / name)}  {name}\n" for name in names)
    (directory / bundles.SUMS).write_text("".join(lines), "utf-8")


def write_verifier(target: Path) -> None:
    """This package as one file: `python verify.pyz …`, needing `cryptography` and nothing else."""
    with target.open("wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _into(archive, "__main__.py", f"import {_PACKAGE}.__main__\n".encode())
            _into(archive, "events/__init__.py", b"")
            for source in sorted(files(_PACKAGE).iterdir(), key=lambda one: one.name):
                if source.name.endswith(".py"):
                    _into(archive, f"events/proofs/{source.name}", source.read_bytes())
    target.chmod(0o755)


def _into(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    made = zipfile.ZipInfo(name, _MADE)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = 0o644 << 16
    archive.writestr(made, data)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        found = sha256()
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()
