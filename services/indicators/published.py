"""Published: figures as the public gets them: without small numbers, as one text with its hash."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import msgspec

from services.indicators.counting import Figures
from services.indicators.rates import Rate
from services.indicators.rates import rates as rates_in
from services.indicators.suppressing import LEAST, OF_CONSUMERS, kept_back, told_rates

Groups = Mapping[str, Mapping[str, int] | None]
#: Classes of a group to keep back besides.
Also = Mapping[str, set[str]]


class Public(msgspec.Struct, frozen=True, omit_defaults=True):
    """What may be told: None stands for what is withheld.

    By the first method a group was told whole or not at all; later ones keep back classes of it,
    and say numerator and n of each rate, since classes no longer add up to them.
    """

    received: int | None
    groups: Groups
    kept_back: dict[str, list[str]] = {}
    rates: dict[str, tuple[int, int] | None] | None = None


def whole(figures: Figures) -> Public:
    """All of it, for the body itself."""
    return Public(figures.received, figures.groups)


def public(figures: Figures, also: Also | None = None) -> Public:
    """The figures without groups of fewer than `LEAST`, and without rates over fewer."""
    if figures.received < LEAST:
        received = None if figures.received else 0
        return Public(received, {name: None for name in figures.groups})
    also = also or {}
    hidden = {n: kept_back(n, c, also.get(n, ())) for n, c in figures.groups.items()}
    groups = {name: _told(name, n, hidden[name]) for name, n in figures.groups.items()}
    made = {
        code: of
        for name, n in figures.groups.items()
        for code, of in told_rates(name, n, also.get(name, ())).items()
    }
    groups |= {name: None for name in _tied(hidden, groups, made) if name in groups}
    told = {name for name, n in groups.items() if n is not None}
    rates = {code: made[code] for name in told for code in told_rates(name, {})}
    return Public(
        figures.received, groups, {n: sorted(hidden[n]) for n in told if hidden[n]}, rates
    )


def _told(name: str, counts: dict[str, int], hidden: set[str]) -> dict[str, int] | None:
    """The classes that are told; None where there is nothing left, or all are few."""
    left = {each: n for each, n in counts.items() if each not in hidden}
    of_bodies = name not in OF_CONSUMERS
    small = of_bodies and any(0 < rate.n < LEAST for rate in rates_in({name: counts}))
    return None if small or sum(counts.values()) < LEAST or not left else left


def _tied(
    hidden: Mapping[str, set[str]], groups: Groups, made: Mapping[str, tuple[int, int] | None]
) -> list[str]:
    """Groups whose total would tell a class of the outcome that is kept back."""
    tied = [] if made.get("agreed") else ["satisfaction"]
    if groups.get("outcome") is None or "agreed" in hidden.get("outcome", ()):
        tied.append("kept")
    return tied


def rates_of(told: Public) -> list[Rate]:
    """Every rate, in order, as far as it is told."""
    made = rates_in(told.groups)
    if told.rates is None:
        return made
    return [_as_told(rate, told.rates.get(rate.about.code, (0, 0))) for rate in made]


def _as_told(rate: Rate, of: tuple[int, int] | None) -> Rate:
    if rate.withheld or of is None:
        return Rate(rate.about, 0, 0, rate.beside, withheld=True)
    return Rate(rate.about, *of, rate.beside)


def text_of(told: Public) -> str:
    """The figures as one text: the same figures always give the same."""
    return msgspec.json.encode(told, order="sorted").decode()


def read(text: str) -> Public:
    """The figures from their text."""
    return msgspec.json.decode(text, type=Public)


def mark_of(text: str) -> str:
    """The hash by which a republication, or anybody's recount, is held against it."""
    return sha256(text.encode()).hexdigest()
