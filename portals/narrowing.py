"""Narrowing a desk's list by place and days: what the address asks, what is wrong with it, chips.

A day or a place that cannot be is said at its field (422), keeps what was typed, and filters
nothing; the rest of the filters go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize

from aiohttp import web

from events.words import Words
from portals.asking import text
from portals.pages import viewer
from services import divisions
from services.views.narrowing import Narrow

Row = dict[str, Any]
#: Name in the address -> how the filter is called.
DAYS = {
    "from": Words("{day}起收到", "came in from {day}"),
    "to": Words("{day}以前收到", "came in until {day}"),
    "due_from": Words("{day}起到期", "due from {day}"),
    "due_to": Words("{day}以前到期", "due until {day}"),
}
_PARTS = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")


@dataclass(frozen=True)
class Asked:
    """The narrowing that holds, what was typed, and what is wrong: name -> sentence."""

    narrow: Narrow
    typed: dict[str, str]
    wrong: dict[str, Words]

    @property
    def chips(self) -> list[Row]:
        """Each filter that is on, to be taken away."""
        chips: list[Row] = [
            {"key": name, "label": words.fill(day=date.fromisoformat(self.typed[name]))}
            for name, words in DAYS.items()
            if self.typed[name] and name not in self.wrong
        ]
        if self.narrow.place:
            chips.append({"key": "place", "label": _named(self.typed["place"])})
        return chips

    @property
    def used(self) -> bool:
        """Whether anything of it was asked."""
        return any(self.typed.values())


def narrowed(request: web.Request) -> Asked:
    """What the address asks."""
    typed = {name: normalize("NFKC", text(request, name)) for name in (*DAYS, "place")}
    days = {name: day_of(typed[name]) for name in DAYS}
    wrong = {n: _NO_DATE.fill(typed=typed[n]) for n in DAYS if typed[n] and not days[n]}
    for first, last in (("from", "to"), ("due_from", "due_to")):
        begin, end = days[first], days[last]
        if begin and end and end < begin:
            wrong[last] = _BACKWARDS.fill(first=begin)
            days[last] = None
    if typed["place"] and divisions.division(typed["place"]) is None:
        wrong["place"] = _NO_PLACE.fill(typed=typed["place"])
    typed |= {name: day.isoformat() for name, day in days.items() if day}
    if wrong:
        viewer(request).status = 422
    place = "" if "place" in wrong else _digits(typed["place"])
    return Asked(
        Narrow(place, days["from"], days["to"], days["due_from"], days["due_to"]), typed, wrong
    )


def day_of(typed: str) -> date | None:
    """The day, as people write one; None where it is none."""
    if parts := _PARTS.fullmatch(typed):
        with suppress(ValueError):
            return date(*map(int, parts.groups()))
    return None


def _digits(code: str) -> str:
    """4 for a city, 6 for a county; the whole province filters nothing."""
    level = divisions.level_of(code) if code else "province"
    return {"province": "", "city": divisions.padded(code)[:4]}.get(level, divisions.padded(code))


def _named(code: str) -> Words:
    found = divisions.division(code)
    assert found is not None
    return Words(divisions.full_name(code), found.words.en)


def nothing(active: Sequence[Row], what: Words) -> Words:
    """That nothing fits, with the filters that are on: no need to look for them above."""
    zh = "、".join(_said(each["label"]).zh for each in active)
    en = ", ".join(_said(each["label"]).en for each in active)
    return Words(
        f"没有符合条件的{what.zh}。正在用的筛选：{zh}。去掉一项再看。",
        f"No {what.en} fits. The filters in use: {en}. Take one away.",
    )


def _said(label: Words | str) -> Words:
    return label if isinstance(label, Words) else Words(label, label)


_NO_DATE = Words(
    "“{typed}”不是日期。请写年、月、日，例如 2026-11-23；这一项没有用来筛选",
    "“{typed}” is not a date. Give year, month and day, like 2026-11-23; it filters nothing now",
)
_BACKWARDS = Words(
    "这一天早于开始的 {first}。请改其中一天；这一项没有用来筛选",
    "This day is before {first}. Change one of them; it filters nothing now",
)
_NO_PLACE = Words("“{typed}”不是福建的地区代码", "“{typed}” is no place in Fujian")
