"""How a member's pledge stands, in the words of every portal: declared, judged, or spot-checked.

What a member says of itself is called that; what others found names who and when. While a spot
check falls short, nothing else is said.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from events.event import today
from events.pledges import short_of, spot_checked
from events.words import Words
from services.actions.member_pledges import STATES

Row = dict[str, Any]

_DECLARED = Words("自行申报，未经核验", "self-declared, not verified")
_OVERDUE = Words("逾期", "overdue")
_JUDGED = Words("{state}，由{party}于 {on} 核验", "{state}, verified by {party} on {on}")
_CHECKED = Words("{result}（{party}，{on}）", "{result} ({party}, {on})")


def standing(row: Row, on: date | None = None) -> Words:
    """In one line, with who found it and when."""
    if row["state"] == "withdrawn":
        return STATES["withdrawn"]
    if row["sample"]:
        result = spot_checked(row["sample"], row["conforming"], row["percent"])
        return _CHECKED.fill(result=result, party=row["checked_by"], on=row["checked_on"])
    if row["state"] in ("met", "not_met"):
        state = STATES[row["state"]]
        return _JUDGED.fill(state=state, party=row["decided_by"], on=row["decided_on"])
    return in_short(row, on)


def in_short(row: Row, on: date | None = None) -> Words:
    """In one word or two, for a list."""
    if row["state"] != "withdrawn" and row["sample"]:
        return spot_checked(row["sample"], row["conforming"], row["percent"])
    if row["state"] == "evidence":
        return _DECLARED
    return _OVERDUE if is_overdue(row, on) else STATES[row["state"]]


def is_overdue(row: Row, on: date | None = None) -> bool:
    """Whether the period is over and nothing was handed in."""
    return bool(row["state"] == "active" and row["period_to"] < (on or today()))


def colour(row: Row, otherwise: str = "none", on: date | None = None) -> str:
    """The colour of the tag; `otherwise` = whose turn it is, from the portal's side."""
    if row["state"] == "withdrawn":
        return "none"
    if is_overdue(row, on):
        return "overdue"
    if row["sample"]:
        short = short_of(row["sample"], row["conforming"], row["percent"])
        return "overdue" if short else "done"
    return "done" if row["state"] == "met" else otherwise
