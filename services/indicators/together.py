"""Together: the figures of all bodies as one, published so that none is told by subtracting.

Bodies that received fewer than `LEAST` are left out, and so is a class that a single body keeps
back, or several whose numbers are few together: the others' published figures would tell it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from services.actions.indicators import TOGETHER
from services.indicators.counting import Figures
from services.indicators.published import Public, public
from services.indicators.suppressing import LEAST, OF_CONSUMERS, enough


def summed(every: Iterable[Figures]) -> Figures:
    """All of them as one."""
    groups: dict[str, Counter[str]] = {}
    received = 0
    for each in every:
        received += each.received
        for name, counts in each.groups.items():
            groups.setdefault(name, Counter()).update(counts)
    return Figures(TOGETHER, received, {name: dict(n) for name, n in sorted(groups.items())})


def public_together(every: Iterable[Figures]) -> Public:
    """What may be told of all of them beside what each may tell of itself."""
    those = [each for each in every if each.received >= LEAST]
    told = [(each, public(each)) for each in those]
    whole = summed(those)
    also = {
        group: {name for name in counts if not enough(_kept_back(told, group, name))}
        for group, counts in whole.groups.items()
        if group in OF_CONSUMERS
    }
    return public(whole, also)


def _kept_back(told: Iterable[tuple[Figures, Public]], group: str, name: str) -> Iterator[int]:
    """How many of a class each body has that does not tell it."""
    for each, shown in told:
        if name not in (shown.groups.get(group) or {}):
            yield each.groups.get(group, {}).get(name, 0)
