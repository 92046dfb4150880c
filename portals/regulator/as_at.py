"""As at: for which day and for which place figures and lists are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words, both
from portals.asking import text
from portals.pages import PLATFORM, viewer
from services import divisions
from services.actions.refused import NotFound

PROVINCE = "350000"


@dataclass(frozen=True)
class AsAt:
    """A day, a division ("" = the whole province), what was typed, what is wrong with it."""

    on: date
    division: str
    typed: str = ""
    wrong: Words | None = None

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

    @property
    def chips(self) -> list[dict[str, object]]:
        """The place and the day as filters that are on, each to be taken away."""
        found: list[dict[str, object]] = []
        if self.division:
            found.append({"key": "division", "label": self.words})
        if self.typed and not self.wrong and self.on != today():
            said = Words("截至 {day}", "as at {day}").fill(day=self.on)
            found.append({"key": "as_of", "label": said})
        return found


async def as_at(request: web.Request) -> AsAt:
    """From the address; today and the whole province where nothing is said.

    A day that cannot be shown is said at its field (422), with today's numbers below.
    """
    code, typed = text(request, "division"), text(request, "as_of")
    if code and divisions.division(code) is None:
        raise NotFound(Words("没有这个地区", "There is no such place"))
    asked = "" if code == PROVINCE else code
    began = await request.app[PLATFORM].views.archives.began() if typed else None
    on, wrong = _day(typed, began)
    if wrong:
        viewer(request).status = 422
    return AsAt(on, asked, typed, wrong)


def _day(typed: str, began: date | None) -> tuple[date, Words | None]:
    """The day that was typed, or today and why not that one."""
    if not typed:
        return today(), None
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        return today(), _NO_DATE.fill(typed=typed)
    if on > today():
        return today(), _FUTURE.fill(day=on)
    if began and on < began:
        return today(), _TOO_EARLY.fill(day=on, began=began)
    return on, None


_NO_DATE = Words(
    "“{typed}”不是日期。请写年、月、日，例如 2026-11-23；下面是今天的数",
    "“{typed}” is not a date. Give year, month and day, like 2026-11-23; below is today",
)
_FUTURE = Words(
    "{day}还没有到。请选今天或者更早的一天；下面是今天的数",
    "{day} is still to come. Choose today or an earlier day; below is today",
)
_TOO_EARLY = Words(
    "{day}还没有任何记录，最早的记录是 {began}的。请选这一天或者以后；下面是今天的数",
    "Nothing is recorded for {day}: the first record is of {began}. "
    "Choose that day or a later one; below is today",
)


def place_of(row: dict[str, Any]) -> str | Words:
    """Where the unit of a row lies."""
    return both(row["division_name"]) if row["division_name"] else "—"
