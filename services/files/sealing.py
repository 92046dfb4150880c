"""Sealing: a file on disk under a key, in parts, so that no whole file stands in memory.

`"GEF1" | salt 32 | parts`, each part 1 MiB sealed by AES-256-GCM under a key made of the given one
and the salt (HKDF-SHA-256). The nonce of a part is its number and whether it is the last: parts can
be neither reordered nor cut off unnoticed.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_HEAD, _SALT, _TAG = b"GEF1", 32, 16
PART = 1 << 20


class Altered(Exception):
    """The file on disk is not what was sealed, or not under this key."""


class Sealed(NamedTuple):
    """What was sealed: the hash of its content, and how long it is."""

    sha256: str
    size: int


def seal(source: BinaryIO, target: Path, key: bytes) -> Sealed:
    """Write what `source` holds, sealed, to a new file; it is on disk when this returns."""
    salt, digest, size = secrets.token_bytes(_SALT), sha256(), 0
    cipher = _cipher(key, salt)
    try:
        with open(target, "xb", opener=_private) as file:
            file.write(_HEAD + salt)
            for number, (part, last) in enumerate(_parts(source)):
                digest.update(part)
                size += len(part)
                file.write(cipher.encrypt(_nonce(number, last), part, _HEAD))
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return Sealed(digest.hexdigest(), size)


def unseal(path: Path, key: bytes) -> Iterator[bytes]:
    """What was sealed, part by part. Raises `Altered`, and `FileNotFoundError`."""
    with path.open("rb") as file:
        head = file.read(len(_HEAD) + _SALT)
        if not head.startswith(_HEAD):
            raise Altered(path.name)
        cipher, number = _cipher(key, head[len(_HEAD) :]), 0
        part = file.read(PART + _TAG)
        while True:
            following = file.read(PART + _TAG)
            try:
                yield cipher.decrypt(_nonce(number, not following), part, _HEAD)
            except (InvalidTag, ValueError):
                raise Altered(path.name) from None
            if not following:
                return
            part, number = following, number + 1


def _parts(source: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Parts of one size, each with whether it is the last; an empty file is one empty part."""
    part = source.read(PART)
    while True:
        following = source.read(PART)
        yield part, not following
        if not following:
            return
        part = following


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    made = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"gongzhi-file/v1").derive(key)
    return AESGCM(made)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
