"""Bundle: a directory that proves itself, as it is exported, mirrored and handed to a court."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from events.proofs.canonical import parse
from events.proofs.states import State, unpack_states
from events.proofs.texts import HASH
from events.proofs.tiles import LONGEST, WIDTH, Place, number_path, unpack
from events.proofs.verdicts import Incomplete, Malformed

CHECKPOINT = "checkpoint"
CHECKPOINTS = "checkpoints"
POLICY = "policy.txt"
EXTENT = "extent.json"
STATES = "states"
STAMPS = "rfc3161"
RECEIPTS = "receipts"
SUMS = "SHA256SUMS"

Found = TypeVar("Found")
_SMALL = 1 << 20
_ENTRIES = WIDTH * (LONGEST + 2)
_STATES = 1 << 30


class Extent(NamedTuple):
    """Leaf indices from (inclusive) to (exclusive) whose entries the bundle promises to hold."""

    start: int
    end: int


class Bundle:
    """The files of a bundle, each read with a bound on its size.

    Raises `Incomplete` where a file is missing and `Malformed` where it is no file or too long.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def has(self, name: str) -> bool:
        """Whether there is anything of this name."""
        return os.path.lexists(self.directory / name)

    def read(self, name: str, most: int = _SMALL) -> bytes:
        """The whole file."""
        try:
            with open(self.directory / name, "rb", opener=_regular) as file:
                # Asked first: reading with a bound would set so much memory aside.
                long = os.fstat(file.fileno()).st_size > most
                data = b"" if long else file.read()
        except (FileNotFoundError, NotADirectoryError) as missing:
            raise Incomplete(f"缺少文件 {name}", f"{name} is missing") from missing
        except (OSError, ValueError) as fault:
            raise Malformed(f"无法读取 {name}", f"{name} cannot be read") from fault
        if long:
            raise Malformed(f"{name} 过长", f"{name} is too long")
        return data

    def tile(self, place: Place) -> bytes:
        """The hashes of a tile; a partial one may stand as the beginning of the full one."""
        data, name = self._either(place, WIDTH * HASH)
        exact = name == str(place)
        if len(data) < place.width * HASH:
            raise Incomplete(f"{name} 过短", f"{name} is too short")
        if exact and len(data) > place.width * HASH:
            raise Malformed(f"{name} 过长", f"{name} is too long")
        return data[: place.width * HASH]

    def entries(self, index: int, width: int) -> list[bytes]:
        """The entries of one bundle of them."""
        data, name = self._either(Place(None, index, width), _ENTRIES)
        return _counted(_placed(name, unpack, data), width, name)

    def states(self, index: int, width: int) -> list[State] | None:
        """The states beside a bundle of entries; None where none of them is included."""
        name = states_path(index, width)
        if not self.has(name):
            return None
        return _counted(_placed(name, unpack_states, self.read(name, _STATES)), width, name)

    def has_entries(self, index: int, width: int) -> bool:
        """Whether this bundle of entries is there."""
        return self.has(str(Place(None, index, width))) or self.has(str(Place(None, index)))

    def extent(self, size: int) -> Extent:
        """Which entries must be there: all, unless the bundle says that it is a part."""
        if not self.has(EXTENT):
            return Extent(0, size)
        found = _placed(EXTENT, parse, self.read(EXTENT))
        if not isinstance(found, dict) or set(found) != {"from", "to"}:
            raise Malformed(f"{EXTENT} 应为 from 和 to", f"{EXTENT} says from and to")
        start, end = found["from"], found["to"]
        if type(start) is not int or type(end) is not int or not 0 <= start <= end <= size:
            raise Malformed(f"{EXTENT} 的范围不对", f"the extent in {EXTENT} is wrong")
        return Extent(start, end)

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, in order: numbers by their size."""
        try:
            found = os.listdir(self.directory / folder)
        except OSError:
            return []
        return [f"{folder}/{name}" for name in sorted(found, key=lambda n: (len(n), n))]

    @cached_property
    def files(self) -> list[str]:
        """All files of the bundle, by their paths in it."""
        return sorted(_walk(self.directory, ""))

    def _either(self, place: Place, most: int) -> tuple[bytes, str]:
        """The partial tile, or the full one that came after it."""
        name, full = str(place), str(place._replace(width=WIDTH))
        if not self.has(name) and self.has(full):
            name = full
        return self.read(name, most), name


def states_path(index: int, width: int = WIDTH) -> str:
    """Where the states stand beside `tile/entries/…`."""
    return f"{STATES}/{number_path(index)}{Place(None, index, width).ending}"


def _regular(path: str, flags: int) -> int:
    """Opens files only: no pipe that never ends, no device."""
    found = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(found).st_mode):
        os.close(found)
        raise ValueError("not a file")
    return found


def _walk(top: Path, inside: str) -> Iterator[str]:
    with os.scandir(top) as found:
        for one in found:
            name = f"{inside}{one.name}"
            if one.is_dir(follow_symlinks=False):
                yield from _walk(Path(one.path), f"{name}/")
            else:
                yield name


def _placed(name: str, read: Callable[[bytes], Found], data: bytes) -> Found:
    try:
        return read(data)
    except (Malformed, Incomplete) as wrong:
        raise wrong.at(name) from wrong


def _counted(found: list[Found], width: int, name: str) -> list[Found]:
    if len(found) < width:
        raise Incomplete(
            f"{name}：应有 {width} 条，只有 {len(found)} 条",
            f"{name}: {len(found)} of {width} are there",
        )
    if len(found) > (width if ".p/" in name else WIDTH):
        raise Malformed(f"{name}：多于 {width} 条", f"{name}: more than {width} are there")
    return found[:width]
