"""Keeping: what was chosen on a form becomes the evidence of a record, with its public copy."""

from __future__ import annotations

import io
from collections.abc import Iterator

from events.evidence import NewFile
from events.keyring import PERSONS
from events.vault import PersonErased
from services.actions.refused import ERASED, AlreadyDecided
from services.files.basket import Basket, Draft
from services.files.not_taken import NotTaken
from services.files.pictures import FORMATS, public_copy
from services.files.store import Store


async def keep_all(
    store: Store, basket: Basket, subject: str, domain: str = PERSONS
) -> tuple[NewFile, ...]:
    """All of the basket, kept under the key of this subject; to be named in an event.

    Raises `AlreadyDecided` where that key is destroyed.
    """
    try:
        files = await basket.files()
        return tuple([await _kept(store, basket, each, subject, domain) for each in files])
    except PersonErased:
        raise AlreadyDecided(ERASED) from None


async def _kept(store: Store, basket: Basket, draft: Draft, subject: str, domain: str) -> NewFile:
    with io.BufferedReader(_Parts(basket.parts(draft))) as source:
        found = await store.keep(subject, source, domain)
    copy = await made_copy(store, subject, found.sha256, draft.media)
    return NewFile(
        id=draft.id, name=draft.name, media=draft.media, size=found.size, sha256=found.sha256,
        public_copy=copy,
    )  # fmt: skip


async def made_copy(store: Store, subject: str, sha256: str, media: str) -> str:
    """The hash of the public copy of a picture, which is kept too; "" where there is none."""
    if media not in FORMATS:
        return ""
    try:
        made = await public_copy(await store.read(subject, sha256), media)
    except NotTaken:
        return ""
    return (await store.keep_bytes(subject, made.data)).sha256


class _Parts(io.RawIOBase):
    """Parts, read as a file."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._rest = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        many = min(len(buffer), len(self._rest))
        buffer[:many] = self._rest[:many]
        self._rest = self._rest[many:]
        return many
