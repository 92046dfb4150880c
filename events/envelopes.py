"""Envelopes: what is said about a person, sealed under her own key, and opened again.

`"GE1" | algorithm 1 | subject 16 | nonce 12 | ciphertext and tag`, AES-256-GCM. Bound to its place
in the log (stream, version, field), so that nobody can move it to another. The plaintext is
`salt 32 | length 4 | fields as JSON | zeros up to a multiple of 256`: its length tells little. The
commitments stand outside, also because GCM alone does not bind to one key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.event import Personal
from events.ids import random16
from events.proofs.commitments import commit_fields

_HEAD = b"GE1\x01"
_BLOCK, _SALT, _NONCE = 256, 32, 12
_fields = msgspec.json.Decoder(dict[str, str])


class Altered(Exception):
    """The envelope is not one that was sealed for this place, or not under this key."""


class Place(NamedTuple):
    """Where an envelope stands in the log: `part` = the field of the event."""

    stream: UUID
    version: int
    part: str

    @property
    def bound(self) -> bytes:
        """What the seal is bound to besides its content."""
        return f"gov-enc/v1|{self.stream}|{self.version}|{self.part}".encode()


def seal(told: Personal, key: bytes, place: Place) -> Personal:
    """The envelope as it is stored: nothing readable but whose it is, and commitments."""
    fields = told.fields or {}
    salt = told.salt or random16() + random16()
    subject, nonce = UUID(told.subject), random16()[:_NONCE]
    cipher = AESGCM(key).encrypt(nonce, _padded(salt, fields), _bound(subject, place))
    return Personal(
        subject=told.subject,
        sealed=_HEAD + subject.bytes + nonce + cipher,
        commitments=told.commitments or commit_fields(salt, fields),
    )


def unseal(told: Personal, key: bytes, place: Place) -> Personal:
    """The envelope with its fields and salt. Raises `Altered`."""
    sealed, subject = told.sealed or b"", UUID(told.subject)
    head, rest = sealed[: len(_HEAD) + 16], sealed[len(_HEAD) + 16 :]
    if head != _HEAD + subject.bytes:
        raise Altered(f"no envelope of {subject}")
    try:
        plain = AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], _bound(subject, place))
    except (InvalidTag, ValueError):
        raise Altered(f"the envelope of {subject} does not open here") from None
    salt, fields = plain[:_SALT], _read(plain[_SALT:])
    if commit_fields(salt, fields) != told.commitments:
        raise Altered(f"the commitments of {subject} are to something else")
    return Personal(
        subject=told.subject, fields=fields, salt=salt, commitments=told.commitments
    )  # fmt: skip


def _bound(subject: UUID, place: Place) -> bytes:
    return _HEAD + subject.bytes + place.bound


def _padded(salt: bytes, fields: Mapping[str, str]) -> bytes:
    data = msgspec.json.encode(fields)
    plain = salt + len(data).to_bytes(4, "big") + data
    return plain + bytes(-len(plain) % _BLOCK)


def _read(rest: bytes) -> dict[str, str]:
    return _fields.decode(rest[4 : 4 + int.from_bytes(rest[:4], "big")])
