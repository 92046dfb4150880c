"""Instruments of councils as lists and pages of every portal show them."""

from __future__ import annotations

from typing import Any

from events.instruments import PROPOSALS, WARNINGS
from events.words import Words
from services.actions import instruments as i

Row = dict[str, Any]
STATES = {
    "warning": i.WARNING_STATES, "interview": i.INTERVIEW_STATES, "proposal": i.PROPOSAL_STATES,
    "comparison": i.COMPARISON_STATES,
}  # fmt: skip
COLOURS = {
    "draft": "yours", "promised": "waiting", "sent": "waiting", "withdrawn": "none",
    "taken_back": "none", "broken": "overdue", "shown": "waiting", "correcting": "yours",
    "rechecked": "waiting",
}  # fmt: skip
_WORDS = {"interview": i.Interview.WORD, "comparison": i.Comparison.WORD}


def kind_of(row: Row) -> Words:
    """What it is, in a word or two."""
    if word := _WORDS.get(row["what"]):
        return word
    return (WARNINGS if row["what"] == "warning" else PROPOSALS)[row["kind"]]


def shown(row: Row, url: str) -> Row:
    """As lists and pages show it."""
    return {
        **row, "url": url, "kind": kind_of(row), "state_code": row["state"],
        "state": STATES[row["what"]][row["state"]],
        "state_colour": COLOURS.get(row["state"], "done"),
    }  # fmt: skip
