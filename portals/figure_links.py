"""From a number to the list of its cases, for the body whose list that is.

The list shows how the complaints stand now; the figures, how they stood at their position.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from portals.outcomes import OUTCOMES
from services.clocks.deadline import months_after
from services.indicators.gathering import month_of

Row = dict[str, Any]


def linked(shown: Row, month: str, register: str) -> Row:
    """Figures of a month, their numbers with the address of the complaints they count."""
    first = month_of(month)
    days = {"from": first.isoformat(), "to": (months_after(first, 1) - timedelta(1)).isoformat()}

    def to(outcome: str) -> str:
        known = {"outcome": outcome} if outcome else {}
        return f"{register}?{urlencode(days | known)}"

    return {
        **shown,
        "url": to(""),
        "rates": [_line(line, to) for line in shown["rates"]],
        "grounds": [_leading(each, "link", to) for each in shown["grounds"]],
    }


def _line(line: Row, to: Callable[[str], str]) -> Row:
    beside = [_leading(each, "url", to) for each in line["beside"]]
    return _leading(line, "url", to) | {"beside": beside}


def _leading(row: Row, key: str, to: Callable[[str], str]) -> Row:
    return {**row, key: to(row["code"])} if row["code"] in OUTCOMES else row
