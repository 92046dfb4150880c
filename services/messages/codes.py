"""Codes: sealed for the queue under a key of the day, which goes when the day is over.

There is no complaint yet whose key could hold them, and a key for each would stay behind for ever.
"""

from __future__ import annotations

import secrets
from datetime import date
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.ids import derived_id
from events.keyring import PERSONS
from events.vault import Vault

_NONCE = 12
_DAYS = UUID("01930000-0000-7000-8000-00000000c0de")


class CodeFor(msgspec.Struct, frozen=True):
    """A one-time code and where it goes."""

    to: str
    code: str
    lang: str = "zh"


def subject_of(day: date) -> UUID:
    """Whose key holds the codes of this day."""
    return derived_id(_DAYS, day.isoformat())


async def sealed(vault: Vault, subject: UUID, code: CodeFor) -> bytes:
    """As it stands in the queue. Raises `VaultLocked`, `PersonErased`."""
    key, nonce = await vault.key(subject, made_in=PERSONS), secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, msgspec.json.encode(code), subject.bytes)


async def opened(vault: Vault, subject: UUID, kept: bytes) -> CodeFor:
    """The code again. Raises `VaultLocked`, `PersonErased`."""
    key = await vault.key(subject)
    plain = AESGCM(key).decrypt(kept[:_NONCE], kept[_NONCE:], subject.bytes)
    return msgspec.json.decode(plain, type=CodeFor)
