"""A row of the table: what we reach, what the peer and the machine reach in the same run, the goal.

`faster`, `lower`, `share` and `within` make the four kinds there are; `met` follows from the goal.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from events.words import Words


@dataclass(frozen=True)
class Goal:
    """A bound for the ratio, or (`unit` given) for our own figure."""

    bound: float
    at_most: bool = False
    unit: str = ""

    def holds(self, figure: float) -> bool:
        """Whether the figure is on the right side."""
        return figure <= self.bound if self.at_most else figure >= self.bound

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {figure(self.bound)} {self.unit or '×'}"


@dataclass(frozen=True)
class Row:
    """One line; what was not measured is None, and `note` says why in one sentence."""

    name: Words
    ours: float | None = None
    unit: str = ""
    peer: float | None = None
    #: Who the peer is, in its own name: the same in every language.
    against: str = ""
    limit: float | None = None
    ratio: float | None = None
    goal: Goal | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """None where there is no goal, or nothing to hold against it."""
        judged = self.ours if self.goal and self.goal.unit else self.ratio
        return None if self.goal is None or judged is None else self.goal.holds(judged)

    def as_json(self) -> dict[str, Any]:
        """For programs: names in both languages, the goal as it is printed."""
        return asdict(self) | {
            "name": self.name.en,
            "name_zh": self.name.zh,
            "goal": str(self.goal) if self.goal else None,
            "met": self.met,
        }


def faster(name: Words, ours: float, peer: float | None, times: float | None, **more: Any) -> Row:
    """More is better: at least so many times the peer's."""
    goal = None if times is None else Goal(times)
    return Row(name, ours, peer=peer, ratio=_ratio(ours, peer), goal=goal, **more)


def lower(name: Words, ours: float, peer: float | None, times: float | None, **more: Any) -> Row:
    """Less is better: the peer's is at least so many times ours."""
    goal = None if times is None else Goal(times)
    return Row(name, ours, peer=peer, ratio=_ratio(peer, ours), goal=goal, **more)


def share(name: Words, ours: float, limit: float, least: float, **more: Any) -> Row:
    """More is better: at least this share of what the machine itself can do."""
    return Row(name, ours, limit=limit, ratio=_ratio(ours, limit), goal=Goal(least), **more)


def within(name: Words, ours: float, most: float, unit: str, **more: Any) -> Row:
    """Less is better: our own figure stays within this; a peer may stand beside it."""
    ratio = _ratio(ours, more.get("peer"))
    return Row(name, ours, unit, ratio=ratio, goal=Goal(most, at_most=True, unit=unit), **more)


def figure(value: float | None) -> str:
    """Three figures are enough; whole numbers in groups of thousands."""
    if value is None:
        return "–"
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _ratio(of: float | None, to: float | None) -> float | None:
    return of / to if of is not None and to else None
