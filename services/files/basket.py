"""Baskets: files chosen on a form that is not sent yet; they survive a form that comes back.

A basket belongs to one form of one browser or person: its place and its key are made of both and of
the server's own secret, so that the disk alone gives nothing away. What is not sent within a day is
thrown away.
"""

from __future__ import annotations

import asyncio
import hmac
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.ids import new_id, random16
from services.files.media import media_of
from services.files.names import tidy_name
from services.files.not_taken import FULL, TOO_MANY, NotTaken
from services.files.pictures import check_picture
from services.files.sealing import seal, unseal

#: Files and bytes of one basket, bytes of all of them, seconds until one is thrown away.
MOST, LARGEST, ROOM, DAY = 20, 200_000_000, 5_000_000_000, 86_400


class Draft(msgspec.Struct, frozen=True):
    """A file in a basket."""

    id: str
    name: str
    media: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Basket:
    """The basket of one form."""

    root: Path
    secret: bytes
    #: Of which form, of which person or browser.
    said: bytes

    @classmethod
    def of(cls, root: Path, secret: bytes, whose: str, form: str) -> Basket:
        """`whose` = person or browser, `form` = the key of the form."""
        return cls(root, secret, f"{len(whose)}:{whose}:{form}".encode())

    @cached_property
    def place(self) -> str:
        """The name of its folder: asked for with every form, so no `Path` yet."""
        name = hmac.digest(self.secret, b"basket:" + self.said, "sha256").hex()
        return os.path.join(self.root, "drafts", name)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return Path(self.place)

    @cached_property
    def key(self) -> bytes:
        """Under which it is sealed."""
        return hmac.digest(self.secret, b"basket-key:" + self.said, "sha256")

    async def add(self, name: str, source: BinaryIO) -> Draft:
        """Take a file in. Raises `NotTaken`."""
        media = await asyncio.to_thread(media_of, source)
        await check_picture(source, media)
        return await asyncio.to_thread(self._add, tidy_name(name, media), media, source)

    async def files(self) -> list[Draft]:
        """What is in it, in the order it came."""
        return await asyncio.to_thread(lambda: list(self._files())) if self.begun else []

    async def remove(self, id: str) -> None:
        """Take one out; harmless where it is not in it."""
        for path in self.folder.glob("*"):
            if path.stem == id:
                path.unlink(missing_ok=True)

    async def clear(self) -> None:
        """Everything was sent, or is not wanted."""
        if self.begun:
            await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)

    def parts(self, draft: Draft) -> Iterator[bytes]:
        """The content of one."""
        return unseal(self.folder / f"{draft.id}.file", self.key)

    @property
    def begun(self) -> bool:
        """Whether anything was ever put in; most forms are sent without files."""
        return os.path.isdir(self.place)

    # -- in a thread ---------------------------------------------------------------------

    def _add(self, name: str, media: str, source: BinaryIO) -> Draft:
        size = source.seek(0, 2)
        source.seek(0)
        there = list(self._files())
        if len(there) >= MOST or size + sum(each.size for each in there) > LARGEST:
            raise NotTaken(TOO_MANY)
        if size + _used(self.folder.parent) > ROOM:
            raise NotTaken(FULL)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        id = _behind(there)
        found = seal(source, self.folder / f"{id}.file", self.key)
        draft = Draft(id, name, media, found.size, found.sha256)
        if same := next((each for each in there if each.sha256 == draft.sha256), None):
            (self.folder / f"{id}.file").unlink()
            return same
        self._write(draft)
        return draft

    def _write(self, draft: Draft) -> None:
        nonce = random16()[:12]
        data = AESGCM(self.key).encrypt(nonce, msgspec.json.encode(draft), draft.id.encode())
        (self.folder / f"{draft.id}.about").write_bytes(nonce + data)

    def _files(self) -> Iterator[Draft]:
        for path in sorted(self.folder.glob("*.about")):
            data = path.read_bytes()
            try:
                plain = AESGCM(self.key).decrypt(data[:12], data[12:], path.stem.encode())
            except (InvalidTag, ValueError):  # half written before a crash
                continue
            yield msgspec.json.decode(plain, type=Draft)


def _behind(there: list[Draft]) -> str:
    """An id behind those that are there, also where files come within one millisecond."""
    id = str(new_id())
    while there and id <= there[-1].id:
        id = str(new_id())
    return id


def _used(drafts: Path) -> int:
    """Bytes in all baskets."""
    return sum(path.stat().st_size for path in drafts.glob("*/*.file"))


def throw_away_old(root: Path) -> int:
    """Baskets that nobody came back to; how many."""
    before, many = time.time() - DAY, 0
    for folder in (root / "drafts").glob("*"):
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)
            many += 1
    return many
