"""Suppressing: which classes of a group are kept back, so that none under `LEAST` can be told.

A class of one to four is kept back; where the total would give it away, the next smallest goes
with it, until those kept back are two at least and `LEAST` together. What is counted of answers
that bodies owe says nothing of a consumer, and is told whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from services.indicators.rates import RATES, Definition

#: Fewer than so many are not told to the public.
LEAST = 5
#: What became of consumers, group by group; every other group counts acts of bodies.
OF_CONSUMERS = ("intake", "outcome", "kept", "satisfaction")
Counts = Mapping[str, int]


def kept_back(group: str, counts: Counts, also: Iterable[str] = ()) -> set[str]:
    """The classes of a group that are not told; `also` = those that others would give away."""
    if group not in OF_CONSUMERS:
        return set()
    hidden = {name for name, n in counts.items() if 0 < n < LEAST or (n and name in also)}
    for name in sorted(counts.keys() - hidden, key=lambda each: (counts[each], each)):
        if _safe(hidden, counts):
            break
        if counts[name]:
            hidden.add(name)
    return hidden


def _safe(hidden: Iterable[str], counts: Counts) -> bool:
    """Whether what the total gives away of them is not about a few."""
    return enough(counts[name] for name in hidden)


def enough(counts: Iterable[int]) -> bool:
    """None at all, or so many together, of two at least, that none of them can be told apart."""
    each = [n for n in counts if n]
    return not each or (len(each) > 1 and sum(each) >= LEAST)


def told_rates(
    group: str, counts: Counts, also: Iterable[str] = ()
) -> dict[str, tuple[int, int] | None]:
    """Numerator and n of each rate of the group; None where they would tell what is kept back."""
    hidden = kept_back(group, counts, also)
    return {each.code: _told(each, counts, hidden) for each in RATES if each.group == group}


def _told(about: Definition, counts: Counts, hidden: set[str]) -> tuple[int, int] | None:
    k = sum(counts.get(name, 0) for name in about.over)
    n = sum(counts.get(name, 0) for name in about.under)
    apart = [
        hidden & set(about.over),
        hidden & (set(about.under) - set(about.over)),
        hidden - set(about.under),
    ]
    few = 0 < n < LEAST
    return None if few or not all(_safe(part, counts) for part in apart) else (k, n)
