"""Keyring: the key-encryption keys, under which the vault keeps the keys of persons.

A data key is wrapped by AES key wrap (RFC 3394). The first key of the ring wraps, all of them
unwrap, so that keys are changed one after the other while everything stays readable. A key is
named by a part of its own hash: whoever holds a wrapped key knows which key opens it.

Informants have a ring of their own, a domain: whose names begin with it, so that it is known which
ring a data key belongs to, and that one ring never opens what is the other's.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple, Protocol

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

#: Bytes of every key, of persons and of the ring.
SIZE = 32
_PREFIX = "gongzhi-kek-v1:"
#: Whose keys a ring wraps: those of all persons, and those of informants (举报人).
PERSONS, INFORMANTS = "", "informants"
DOMAINS = (PERSONS, INFORMANTS)


class NoSuchKey(Exception):
    """No key of the ring opens it: another key has wrapped it, or it was damaged."""


class Wrapped(NamedTuple):
    """A data key under a key-encryption key, and the name of that key."""

    kek: str
    key: bytes


class Ring(Protocol):
    """What the vault needs of a ring, wherever its keys are."""

    @property
    def first(self) -> str | None:
        """The name of the key that wraps; None where nothing can be wrapped."""

    def knows(self, kek: str) -> bool:
        """Whether the key of this name is in the ring."""

    async def wrap_all(self, keys: Sequence[bytes]) -> list[Wrapped]:
        """All under the key that wraps. Raises `NoSuchKey`."""

    async def unwrap_all(self, wrapped: Sequence[Wrapped]) -> list[bytes | None]:
        """The data keys; None for what does not open now."""

    async def rewrap_all(self, wrapped: Sequence[Wrapped]) -> list[Wrapped]:
        """All under the key that wraps. Raises `NoSuchKey`."""


class Keyring:
    """The keys in order, the one that wraps first. Empty: nothing is sealed or opened."""

    def __init__(self, keys: Iterable[bytes] = (), domain: str = PERSONS) -> None:
        self.domain = domain
        self.keys = {named(name_of(key), domain): key for key in keys}

    @classmethod
    def generate(cls, domain: str = PERSONS) -> Keyring:
        """A ring with one fresh key."""
        return cls([secrets.token_bytes(SIZE)], domain)

    @classmethod
    def parse(cls, text: str, domain: str = PERSONS) -> Keyring:
        """From its lines; raises `ValueError` for a line that is no key."""
        return cls((_key(line) for line in text.split()), domain)

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
        return Keyring([secrets.token_bytes(SIZE), *self.keys.values()], self.domain)

    @property
    def alone(self) -> Keyring:
        """The ring with nothing but the key that wraps."""
        return Keyring(list(self.keys.values())[:1], self.domain)

    def knows(self, kek: str) -> bool:
        return kek in self.keys

    async def wrap_all(self, keys: Sequence[bytes]) -> list[Wrapped]:
        return [Wrapped(self.first or "", self.wrap(key)) for key in keys]

    async def unwrap_all(self, wrapped: Sequence[Wrapped]) -> list[bytes | None]:
        return [self._or_none(each) for each in wrapped]

    async def rewrap_all(self, wrapped: Sequence[Wrapped]) -> list[Wrapped]:
        return await self.wrap_all([self.unwrap(*each) for each in wrapped])

    def _or_none(self, wrapped: Wrapped) -> bytes | None:
        try:
            return self.unwrap(*wrapped)
        except NoSuchKey:
            return None

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


def named(name: str, domain: str) -> str:
    """The name as it stands beside a data key: it says in whose ring the key is."""
    return f"{domain}:{name}" if domain else name


def domain_of(kek: str) -> str:
    """In whose ring the key of this name is."""
    domain, mark, _ = kek.partition(":")
    return domain if mark and domain in DOMAINS else PERSONS


def _key(line: str) -> bytes:
    try:
        key = b64decode(line.removeprefix(_PREFIX), validate=True)
    except NotBase64:
        key = b""
    if not line.startswith(_PREFIX) or len(key) != SIZE:
        raise ValueError(f"a key stands as {_PREFIX}, then {SIZE} bytes in base64")
    return key
