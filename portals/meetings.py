"""Meetings: the session that both sides are invited to, as the pages of desk and sides show it."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.complaints.terms import MEETINGS, SIDES
from events.event import today
from events.words import Words
from portals.calendar_file import as_download
from portals.complaint_table import possible
from portals.personal import RESTRICTED
from portals.web import PLATFORM, acting
from services.actions import complaints as c
from services.actions.refused import NotFound
from services.appointments import Appointment, appointment_of

Row = dict[str, Any]


async def meeting_at_the_desk(request: web.Request, row: Row) -> Row | None:
    """The session that is arranged, what each side said, and whether its day has passed."""
    record: c.Complaint = row["record"]
    made = await _arranged(request, record)
    if made is None:
        return None
    only_stored = row["personal"] == "restricted"
    sides = ["consumer", *(["enterprise"] if record.told_the_business else [])]
    return {
        **_shown(made),
        "over": made.session.day < today(),
        "moves": "session" in possible(acting(request), row),
        "sides": [
            {"side": SIDES[side], "said": (said := made.said.get(side)),
             "why": RESTRICTED if said and only_stored else said.why if said else ""}
            for side in sides
        ],
    }  # fmt: skip


async def meeting_of_side(request: web.Request, record: c.Complaint, side: str) -> Row | None:
    """The session as one side reads it, with its own answer."""
    made = await _arranged(request, record)
    if made is None:
        return None
    return {
        **_shown(made), "said": made.said.get(side), "over": made.session.day < today(),
        "rests": record.state != "mediating",
    }  # fmt: skip


async def calendar_of(request: web.Request, record: c.Complaint) -> web.Response:
    """The session as a file for her calendar."""
    made = await _arranged(request, record)
    if made is None:
        raise NotFound(Words("现在没有约定的调解时间", "No session is arranged now"))
    return as_download(request, record.number, made)


def invited_to(record: c.Complaint) -> Words | None:
    """When and where it is, for the form in which a side says whether it comes."""
    made = record.session
    if made is None:
        return None
    return _INVITED.fill(day=made.day, time=made.time, place=made.place)


_INVITED = Words("调解：{day} {time} · {place}", "Session: {day} {time} · {place}")


async def _arranged(request: web.Request, record: c.Complaint) -> Appointment | None:
    if record.session is None:
        return None
    return await appointment_of(request.app[PLATFORM].log, record.id)


def _shown(made: Appointment) -> Row:
    return {"session": made.session, "meeting": MEETINGS[made.session.meeting]}
