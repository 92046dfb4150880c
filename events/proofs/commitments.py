"""Commitments: a state can show later what was said in it, to whom its author wants, and nothing
else to anybody.

c = HMAC-SHA256(salt, "gov-commit/v1" || 0x00 || text). A `Personal` envelope has one random salt of
32 bytes, which stands with the fields and is sealed with them; each field's own salt is made from
it, so that opening one field says nothing of the others. The commitments stand outside the seal.
When the subject's key is destroyed the salts are gone, and no guess can be tested against a
commitment.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from events.proofs.texts import HASH, b64
from events.proofs.verdicts import Malformed

_COMMIT = b"gov-commit/v1\x00"
_SALT = b"gov-salt/v1\x00"


def commit(salt: bytes, data: bytes) -> bytes:
    """The commitment to these bytes under this salt of 32 bytes."""
    if len(salt) != HASH:
        raise Malformed("盐应为 32 字节", "a salt has 32 bytes")
    return hmac.digest(salt, _COMMIT + data, "sha256")


def opens(salt: bytes, data: bytes, commitment: bytes) -> bool:
    """Whether the commitment is to these very bytes."""
    return hmac.compare_digest(commit(salt, data), commitment)


def field_salt(salt: bytes, name: str) -> bytes:
    """The salt of one field of an envelope."""
    if len(salt) != HASH:
        raise Malformed("盐应为 32 字节", "a salt has 32 bytes")
    return hmac.digest(salt, _SALT + name.encode(), "sha256")


def commit_fields(salt: bytes, fields: Mapping[str, str]) -> dict[str, str]:
    """What stands outside the seal: for each field its commitment in base64."""
    return {
        name: b64(commit(field_salt(salt, name), text.encode())) for name, text in fields.items()
    }
