"""Store: originals and public copies on disk, by the hash of their content, under their keys.

`kept/SUBJECT/SHA256`, each sealed under the key of that subject in the vault: what the key is
destroyed for cannot be read by anybody, and is taken from the disk with it. Written beside, in
`incoming`, flushed and renamed: a file is there whole or not at all. What a process left in
`incoming` when it was killed is thrown away once nobody is writing there.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal
from uuid import UUID

from events.keyring import PERSONS
from events.vault import PersonErased, Vault, VaultLocked
from services.files.sealing import Altered, Sealed, seal, unseal

State = Literal["", "missing", "altered", "erased", "locked"]
_HEX = set("0123456789abcdef")


class Missing(Exception):
    """The file is not on disk."""


class Store:
    """Files under one directory."""

    def __init__(self, root: Path, vault: Vault) -> None:
        self.root, self.vault = root, vault

    async def keep(self, subject: str, source: BinaryIO, domain: str = PERSONS) -> Sealed:
        """Keep what `source` holds; twice is once. Raises `VaultLocked`, `PersonErased`.

        `domain` = where the subject's key is made, if this is the first that is sealed under it.
        """
        key = await self.vault.key(UUID(subject), made_in=domain)
        return await asyncio.to_thread(self._keep, subject, source, key)

    async def keep_bytes(self, subject: str, data: bytes) -> Sealed:
        """Keep these bytes."""
        return await self.keep(subject, BytesIO(data))

    async def parts(self, subject: str, sha256: str) -> AsyncIterator[bytes]:
        """What is kept under this hash, part by part.

        Raises `Missing`, `Altered`, `VaultLocked`, `PersonErased`; the last part may be the first
        that was altered, so that whoever sends it on must break off.
        """
        key = await self.vault.key(UUID(subject))
        parts = unseal(self._path("kept", subject, sha256), key)
        try:
            while (part := await asyncio.to_thread(next, parts, None)) is not None:
                yield part
        except FileNotFoundError:
            raise Missing(sha256) from None

    async def read(self, subject: str, sha256: str) -> bytes:
        """The whole of it: for pictures and what else is small enough."""
        return b"".join([part async for part in self.parts(subject, sha256)])

    async def state(self, subject: str, sha256: str) -> State:
        """Whether it is there and what it was: read to the end and hashed again."""
        digest = hashlib.sha256()
        try:
            async for part in self.parts(subject, sha256):
                digest.update(part)
        except Missing:
            return "missing"
        except Altered:
            return "altered"
        except PersonErased:
            return "erased"
        except VaultLocked:
            return "locked"
        return "" if digest.hexdigest() == sha256 else "altered"

    async def set_aside(self, subject: str, sha256: str) -> None:
        """Into quarantine, from where nothing is ever given out."""
        await asyncio.to_thread(self._set_aside, subject, sha256)

    def is_kept(self, subject: str, sha256: str) -> bool:
        """Whether there is a file of this name; not whether it is whole."""
        return self._path("kept", subject, sha256).exists()

    async def is_aside(self, subject: str, sha256: str) -> bool:
        """Whether it is in quarantine."""
        return await asyncio.to_thread(self._path("quarantine", subject, sha256).exists)

    async def forget(self, subjects: Sequence[UUID]) -> None:
        """Take everything of these subjects from the disk, quarantine too."""
        for subject in subjects:
            for place in ("kept", "quarantine"):
                folder = self.root / place / str(subject)
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    def all_kept(self) -> Iterator[tuple[str, str]]:
        """Subject and hash of everything that is kept."""
        for folder in (self.root / "kept").glob("*"):
            for path in folder.iterdir():
                yield folder.name, path.name

    async def clear_incoming(self) -> int:
        """Throw away what was being written when its process was killed; how many.

        Nothing while any process is writing: what it writes cannot be told from what is left.
        """
        return await asyncio.to_thread(self._clear_incoming)

    # -- in a thread ---------------------------------------------------------------------

    def _keep(self, subject: str, source: BinaryIO, key: bytes) -> Sealed:
        incoming = self._made(self.root / "incoming")
        with _locked(incoming, fcntl.LOCK_SH):
            beside = incoming / secrets.token_hex(16)
            found = seal(source, beside, key)
            path = self._path("kept", subject, found.sha256)
            self._made(path.parent)
            os.replace(beside, path)
        _flush(path.parent)
        return found

    def _clear_incoming(self) -> int:
        incoming = self.root / "incoming"
        if not incoming.is_dir():
            return 0
        try:
            with _locked(incoming, fcntl.LOCK_EX | fcntl.LOCK_NB):
                left = list(incoming.iterdir())
                for path in left:
                    path.unlink()
        except BlockingIOError:
            return 0
        return len(left)

    def _set_aside(self, subject: str, sha256: str) -> None:
        path, aside = (self._path(each, subject, sha256) for each in ("kept", "quarantine"))
        self._made(aside.parent)
        if path.exists():
            os.replace(path, aside)
            _flush(aside.parent)

    def _path(self, place: str, subject: str, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= _HEX:
            raise Missing(sha256)
        return self.root / place / str(UUID(subject)) / sha256

    def _made(self, folder: Path) -> Path:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    """The system takes the lock back when its holder ends, however it ends."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, how)
        yield
    finally:
        os.close(opened)


def _flush(folder: Path) -> None:
    """A rename is only there after a crash when its directory was flushed."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
