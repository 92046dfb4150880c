"""How figures look: rates with n and interval, what stands beside them, how complaints ended."""

from __future__ import annotations

from typing import Any

from events.terms import TERMINATION_GROUNDS
from events.words import Words, both
from portals.outcomes import CLASSES, OUTCOMES
from services.indicators.published import Public, rates_of
from services.indicators.rates import GROUNDS, Rate

Row = dict[str, Any]
#: The first line: what was in time beside what came of it.
_TOGETHER = ("decision", "mediation", "agreed")


def shown_figures(name: str, kind: str, told: Public) -> Row:
    """What `parts/rates.html` shows of the figures of one body."""
    made = [_line(each) for each in rates_of(told)]
    return {
        "name": Words("全省合计", "All bodies") if kind == "system" else both(name),
        "kind": kind, "received": told.received,
        "together": [line for line in made if line["code"] in _TOGETHER],
        "rates": _told_of(made), "grounds": _grounds(told),
        "kept_back": _kept_back(told),
    }  # fmt: skip


def _kept_back(told: Public) -> list[Words]:
    """What is not told of how complaints ended, so that no few can be told apart."""
    return [OUTCOMES[name] for name in told.kept_back.get("outcome", ())]


def _told_of(lines: list[Row]) -> list[Row]:
    """Those of which there is something to tell; none where all of it is withheld."""
    told = [line for line in lines if line["n"] or line["withheld"] or line["beside"]]
    return told if any(not line["withheld"] for line in told) else []


def _line(rate: Rate) -> Row:
    interval = rate.interval
    return {
        "code": rate.about.code, "label": rate.about.label, "definition": rate.about.definition,
        "k": rate.k, "n": rate.n, "withheld": rate.withheld,
        "percent": None if rate.share is None else _percent(rate.share),
        "low": _percent(interval.low) if interval else None,
        "high": _percent(interval.high) if interval else None,
        "beside": [
            {"code": name, "words": CLASSES[name], "n": n} for name, n in rate.beside.items()
        ],
    }  # fmt: skip


def _percent(share: float) -> float:
    """One digit; what is not all is never rounded up to all."""
    return min(round(100 * share, 1), 99.9) if share < 1 else 100.0


def _grounds(told: Public) -> list[Row]:
    """What the complaints ended with, the terminations by ground: bars."""
    counts = told.groups.get("outcome") or {}
    named = {name: TERMINATION_GROUNDS[name] for name in GROUNDS if name in TERMINATION_GROUNDS}
    words = {"agreed": CLASSES["agreed"], **named, **CLASSES}
    return [
        {"code": name, "label": words[name], "value": counts[name]}
        for name in words
        if counts.get(name)
    ]
