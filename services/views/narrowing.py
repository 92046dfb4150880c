"""Narrowing: the lists of a desk by where the business is, when a case came in, when it is due.

Where it is stands with the case (`placed.py`): a business that is not matched with the register
of enterprises is in no place. What is due is what anybody owes or is owed on the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from services.views.asking import Asking, Page, Row
from services.views.obligations import Obligations
from services.views.placed import there

_OWED = Obligations.table("rows")
#: Of what is due to a unit, or by it, so many are looked at: the soonest.
SOONEST = 3_000
#: So many rows of a list that is narrowed by place or by what is due are counted.
COUNTED = 1_000


@dataclass(frozen=True)
class Narrow:
    """A division by its digits (3501, 350102), and days; None or "" = all."""

    place: str = ""
    since: date | None = None
    until: date | None = None
    due_since: date | None = None
    due_until: date | None = None

    @property
    def is_due(self) -> bool:
        return bool(self.due_since or self.due_until)

    @property
    def most(self) -> int:
        """How many rows are counted; 0 = as of any list."""
        return COUNTED if self.place or self.is_due else 0

    def where(self, *, came: str, unit: str, kind: str) -> str:
        """SQL, beginning with “and” where there is any: `came` = the column of the day.

        `unit` = the unit whose list it is, as SQL; "" = all of them. `kind` = of the cases.
        """
        return "".join(f" and {each}" for each in self._conditions(came, unit, kind))

    def _conditions(self, came: str, unit: str, kind: str) -> Iterator[str]:
        if self.place:
            yield there(self.place)
        if self.since:
            yield f"u.{came} >= %(since)s"
        if self.until:
            yield f"u.{came} <= %(until)s"
        if self.is_due:
            yield f"u.id = any(array({' union all '.join(self.due(unit, kind))}))"

    def due(self, unit: str, kind: str) -> Iterator[str]:
        """SQL: the cases with something due, on which the unit owes, and on which it waits."""
        for side in ("debtor", "creditor") if unit else ("",):
            yield self._due(side, unit, kind)

    def _due(self, side: str, unit: str, kind: str) -> str:
        """By its own index; the soonest."""
        days = " and o.until >= %(due_since)s" if self.due_since else ""
        days += " and o.until <= %(due_until)s" if self.due_until else ""
        whose = f" and o.{side} = {unit}" if side else ""
        return (
            f"(select o.record::uuid from {_OWED} o where o.open and o.kind = '{kind}'{whose}{days}"
            f" order by o.until limit {SOONEST})"
        )

    @property
    def values(self) -> Row:
        """What the conditions name."""
        return {
            "place": self.place, "since": self.since, "until": self.until,
            "due_since": self.due_since, "due_until": self.due_until,
        }  # fmt: skip


async def told(
    asking: Asking, page: Page, narrow: Narrow, unit: str, kind: str, values: Row
) -> Page:
    """The page; where more is due than was looked at, it says that there may be more."""
    if narrow.is_due and not page.more:
        for due in narrow.due(unit, kind):
            if await asking.count(f"{due} due", values, SOONEST - 1) >= SOONEST:
                return replace(page, more=True, most=0)
    return page


ALL_CASES = Narrow()
