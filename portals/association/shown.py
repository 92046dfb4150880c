"""How pledges and members' pledges look in the lists of this portal."""

from __future__ import annotations

from typing import Any

from portals.association.home import HOME
from portals.pledge_standing import colour, in_short
from services.actions import pledges
from services.actions.member_questions import ASKED

Row = dict[str, Any]

#: How a state looks: whose turn it is from the association's side.
COLOURS = {
    "draft": "yours",
    "published": "done",
    "active": "waiting",
    "evidence": "yours",
    "met": "done",
    "not_met": "none",
    "withdrawn": "none",
}


def pledge(row: Row) -> Row:
    """A pledge as a list shows it."""
    return {
        **row,
        "url": f"{HOME}/pledges/{row['id']}",
        "state": pledges.STATES[row["state"]],
        "state_colour": COLOURS[row["state"]],
        "coverage": f"{row['covered']} / {row['roster']}",
    }


def member_pledge(row: Row) -> Row:
    """One member's pledge as a list shows it."""
    return {
        **row,
        "url": f"{HOME}/signed/{row['id']}",
        "state": in_short(row),
        "state_colour": colour(row, COLOURS[row["state"]]),
        "asked": ASKED[row["asked"]] if row["asked"] else "—",
        "enterprise": row["enterprise_name"],
        "enterprise_kind": "enterprise",
    }
