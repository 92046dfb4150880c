"""Published: figures as the public gets them: without small numbers, as one text with its hash."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from services.indicators.counting import LEAST, Figures
from services.indicators.rates import rates

Groups = dict[str, dict[str, int] | None]


class Public(msgspec.Struct, frozen=True):
    """What may be told: None stands for what is withheld."""

    received: int | None
    groups: Groups


def public(figures: Figures) -> Public:
    """The figures without groups of fewer than `LEAST`, and without rates over fewer."""
    if figures.received < LEAST:
        received = None if figures.received else 0
        return Public(received, {name: None for name in figures.groups})
    return Public(figures.received, {name: _told(name, n) for name, n in figures.groups.items()})


def _told(name: str, counts: dict[str, int]) -> dict[str, int] | None:
    few = any(0 < rate.n < LEAST for rate in rates({name: counts}))
    return None if few or sum(counts.values()) < LEAST else counts


def text_of(told: Public) -> str:
    """The figures as one text: the same figures always give the same."""
    return msgspec.json.encode(told, order="sorted").decode()


def read(text: str) -> Public:
    """The figures from their text."""
    return msgspec.json.decode(text, type=Public)


def mark_of(text: str) -> str:
    """The hash by which a republication, or anybody's recount, is held against it."""
    return sha256(text.encode()).hexdigest()
