"""What the shared record holds about the enterprise, as far as it may read it.

The history across parties, checks, what they found, trainings, and complaints by number and
state. What bodies prepare among themselves and what consumers told is left out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Code, Words
from portals.asking import page_number, text
from portals.enterprise.home import RECORD, WITHHELD, address_of_complaint
from portals.owed import entry
from portals.web import PLATFORM, acting, page, staff
from services.actions import complaints
from services.views.all import Views
from services.views.view import Page

Row = dict[str, Any]
List = Callable[[Views, str, int], Awaitable[Page]]

PARTS = Code(
    "part",
    {
        "history": Words("各方经过", "History across parties"),
        "checks": Words("检查", "Checks"),
        "problems": Words("发现的问题", "Problems found"),
        "trainings": Words("培训", "Training"),
        "complaints": Words("投诉", "Complaints"),
    },
)


async def record(request: web.Request) -> web.StreamResponse:
    """One list of what all parties recorded, with the length of each."""
    views, id = request.app[PLATFORM].views, acting(request).party.id
    part = text(request, "part")
    part = part if part in PARTS else "history"
    return await page(
        request,
        "enterprise/record.html",
        title=Words("本企业的记录", "Our record"),
        part=part,
        parts=[(code, words, (await _LISTS[code](views, id, 1)).known) for code, words in PARTS],
        rows=await _LISTS[part](views, id, page_number(request)),
        states=await _states(views, id) if part == "complaints" else [],
        show=request.query.get("show", "all"),
    )


async def _history(views: Views, id: str, number: int) -> Page:
    rows = await views.trail.of_enterprise(id, number, without=WITHHELD, me=id)
    return replace(rows, rows=[entry(row) for row in rows.rows])


async def _checks(views: Views, id: str, number: int) -> Page:
    return await views.archives.checks(as_of=today(), enterprise=id, number=number)


async def _problems(views: Views, id: str, number: int) -> Page:
    return await views.archives.problems(as_of=today(), enterprise=id, number=number)


async def _trainings(views: Views, id: str, number: int) -> Page:
    return await views.archives.trainings_of(id, number)


async def _complaints(views: Views, id: str, number: int) -> Page:
    rows = await views.complaints.numbers_about(id, number)
    return replace(rows, rows=[_complaint(row) for row in rows.rows])


def _complaint(row: Row) -> Row:
    return {
        **row,
        "url": address_of_complaint(row["id"]) if row["turned_to_it"] else None,
        "state": complaints.STATES[row["state"]],
        "state_colour": "done" if row["state"] in ("agreed", "closed") else "none",
    }


async def _states(views: Views, id: str) -> list[Row]:
    """How many complaints stand where, as bars."""
    counts = await views.complaints.states_about(id, me=id)
    return [
        {"label": words, "value": counts[code]}
        for code, words in complaints.STATES
        if code in counts
    ]


_LISTS: dict[str, List] = {
    "history": _history,
    "checks": _checks,
    "problems": _problems,
    "trainings": _trainings,
    "complaints": _complaints,
}

ROUTES = [web.get(RECORD, staff(record, "enterprise"))]
