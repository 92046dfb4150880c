"""Instruments of councils as lists and pages of every portal show them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.instruments import PROPOSALS, WARNINGS
from events.words import Words
from portals.letters import sheet
from portals.web import PLATFORM
from services.actions import instruments as i
from services.actions.refused import NotFound
from services.letters.instruments import SHEETS, letter_of

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


async def letter_sheet(request: web.Request, row: Row) -> web.Response:
    """The instrument as a letter; 404 for a comparative test, which has a table instead."""
    if row["what"] not in SHEETS:
        raise NotFound(_NO_LETTER)
    made = await letter_of(request.app[PLATFORM], row["what"], row["id"])
    return sheet(made, f"{row['number']} {kind_of(row).zh}.pdf")


_NO_LETTER = Words("比较试验没有文书，有表格文件", "A comparative test has a table, no letter")


def shown(row: Row, url: str) -> Row:
    """As lists and pages show it."""
    return {
        **row, "url": url, "kind": kind_of(row), "state_code": row["state"],
        "state": STATES[row["what"]][row["state"]],
        "state_colour": COLOURS.get(row["state"], "done"),
        "letter": f"{url}/letter.pdf" if row["what"] in SHEETS else "",
    }  # fmt: skip
