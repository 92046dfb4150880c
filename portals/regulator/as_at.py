"""As at: for which day and for which place figures and lists are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words, both
from portals.asking import day, text
from services import divisions
from services.actions.refused import NotFound

PROVINCE = "350000"


@dataclass(frozen=True)
class AsAt:
    """A day, and a division ("" is the whole province)."""

    on: date
    division: str

    @property
    def place(self) -> divisions.Division:
        """The division that is asked about."""
        found = divisions.division(self.division or PROVINCE)
        assert found is not None
        return found

    @property
    def words(self) -> Words:
        """The name of the place as it is said alone."""
        return Words(divisions.full_name(self.place.code), self.place.words.en)


def as_at(request: web.Request) -> AsAt:
    """From the address; today and the whole province where nothing is said. Never the future."""
    code = text(request, "division")
    if code and divisions.division(code) is None:
        raise NotFound(Words("没有这个地区", "There is no such place"))
    asked = "" if code == PROVINCE else code
    return AsAt(min(day(request, "as_of") or today(), today()), asked)


def places() -> list[tuple[str, Words]]:
    """Cities and counties to choose from, each county after its city."""
    return [
        (each.code, Words(divisions.full_name(each.code), each.words.en))
        for each in divisions.fujian()
        if each.governed and each.level != "province"
    ]


def place_of(row: dict[str, Any]) -> str | Words:
    """Where the unit of a row lies."""
    return both(row["division_name"]) if row["division_name"] else "—"
