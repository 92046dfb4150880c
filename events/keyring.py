"""Keyring: the key-encryption keys, under which the vault keeps the keys of persons.

A data key is wrapped by AES key wrap (RFC 3394). The first key of the ring wraps, all of them
unwrap, so that keys are changed one after the other while everything stays readable. A key is
named by a part of its own hash: whoever holds a wrapped key knows which key opens it.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from hashlib import sha256

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

#: Bytes of every key, of persons and of the ring.
SIZE = 32
_PREFIX = "gongzhi-kek-v1:"


class NoSuchKey(Exception):
    """No key of the ring opens it: another key has wrapped it, or it was damaged."""


class Keyring:
    """The keys in order, the one that wraps first. Empty: nothing is sealed or opened."""

    def __init__(self, keys: Iterable[bytes] = ()) -> None:
        self.keys = {name_of(key): key for key in keys}

    @classmethod
    def generate(cls) -> Keyring:
        """A ring with one fresh key."""
        return cls([secrets.token_bytes(SIZE)])

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """From its lines; raises `ValueError` for a line that is no key."""
        return cls(_key(line) for line in text.split())

    @property
    def text(self) -> str:
        """Its lines, as they stand in a file."""
        return "".join(f"{_PREFIX}{b64encode(key).decode()}\n" for key in self.keys.values())

    @property
    def first(self) -> str | None:
        """The name of the key that wraps."""
        return next(iter(self.keys), None)

    def renewed(self) -> Keyring:
        """The ring with a fresh key in front."""
        return Keyring([secrets.token_bytes(SIZE), *self.keys.values()])

    def wrap(self, data_key: bytes) -> bytes:
        """Under the first key; raises `NoSuchKey` where there is none."""
        if self.first is None:
            raise NoSuchKey("the ring is empty")
        return aes_key_wrap(self.keys[self.first], data_key)

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """The data key that the key of this name has wrapped. Raises `NoSuchKey`."""
        key = self.keys.get(name)
        if key is None:
            raise NoSuchKey(name)
        try:
            return aes_key_unwrap(key, wrapped)
        except InvalidUnwrap:
            raise NoSuchKey(f"{name}: what it wrapped was changed") from None


def name_of(key: bytes) -> str:
    """How a key is named: it tells nothing about the key."""
    return sha256(b"gongzhi-kek\0" + key).hexdigest()[:16]


def _key(line: str) -> bytes:
    try:
        key = b64decode(line.removeprefix(_PREFIX), validate=True)
    except NotBase64:
        key = b""
    if not line.startswith(_PREFIX) or len(key) != SIZE:
        raise ValueError(f"a key stands as {_PREFIX}, then {SIZE} bytes in base64")
    return key
