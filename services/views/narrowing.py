"""Narrowing: the lists of a desk by where the business is, when a case came in, when it is due.

Where it is stands in the register of enterprises: one that is not matched with it is in no
place. What is due is what anybody owes or is owed on the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.views.asking import PLACED, Row
from services.views.directory import Directory
from services.views.obligations import Obligations

_PARTIES, _OWED = Directory.table("parties"), Obligations.table("rows")


@dataclass(frozen=True)
class Narrow:
    """A division by its digits (3501, 350102), and days; None or "" = all."""

    place: str = ""
    since: date | None = None
    until: date | None = None
    due_since: date | None = None
    due_until: date | None = None

    @property
    def most(self) -> int:
        """How many rows are counted: by place fewer, since each is looked up."""
        return PLACED[len(self.place)] if self.place else 0

    def where(self, *, came: str, about: str, unit: str) -> str:
        """SQL, beginning with “and” where there is any: columns of the day and the business.

        `unit` = the unit whose list it is, as SQL; "" = all of them.
        """
        return "".join(f" and {each}" for each in self._conditions(came, about, unit))

    def _conditions(self, came: str, about: str, unit: str) -> Iterator[str]:
        if self.place:
            few = len(self.place) == _COUNTY and not unit
            yield (_OF_PLACE if few else _WHERE_IT_IS).format(about=about)
        if self.since:
            yield f"u.{came} >= %(since)s"
        if self.until:
            yield f"u.{came} <= %(until)s"
        if self.due_since or self.due_until:
            yield f"u.id = any(array({' union all '.join(self._due(unit))}))"

    def _due(self, unit: str) -> Iterator[str]:
        """What is owed by the unit, and what it waits for; each by its own index."""
        days = "o.until >= %(due_since)s" if self.due_since else "true"
        days += " and o.until <= %(due_until)s" if self.due_until else ""
        for side in ("debtor", "creditor") if unit else ("",):
            whose = f" and o.{side} = {unit}" if side else ""
            yield f"select o.record::uuid from {_OWED} o where o.open and {days}{whose}"

    @property
    def values(self) -> Row:
        """What the conditions name."""
        return {
            "place": self.place, "digits": len(self.place), "since": self.since,
            "until": self.until, "due_since": self.due_since, "due_until": self.due_until,
        }  # fmt: skip


ALL_CASES = Narrow()
#: Looked up row by row, until enough are found.
_WHERE_IT_IS = (
    f"(select left(p.division, %(digits)s) from {_PARTIES} p"
    " where p.id = u.{about} and u.{about} <> '') = %(place)s"
)
#: Of all cases of all units those of a county are few: by its enterprises.
_COUNTY = 6
_OF_PLACE = (
    "u.{about} = any(array("
    f"select p.id from {_PARTIES} p where p.kind = 'enterprise'"
    " and p.division >= %(place)s and p.division < %(place)s || ':'))"
)
