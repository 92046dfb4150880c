"""Marks: whether two complaints are of one person, compared without telling who she is."""

from __future__ import annotations

import hmac
from unicodedata import normalize


def mark(key: bytes, *told: str) -> bytes:
    """A keyed hash of what was told, however it was typed; b"" where something was not told.

    `key` is made when somebody asks and kept nowhere, nor is the mark.
    """
    plain = ["".join(normalize("NFKC", each).split()).casefold() for each in told]
    return hmac.digest(key, "\0".join(plain).encode(), "sha256") if all(plain) else b""
