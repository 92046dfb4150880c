"""Erasure pages of a complaint: what is kept of the consumer, and its deletion."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words
from portals.complaint_office import about, office, the_complaint
from portals.erasure_pages import Erasure, Kept
from portals.web import PLATFORM, acting
from services.actions import complaints as c
from services.actions.complaints.erasure import STEPS
from services.told import kept

Row = dict[str, Any]


async def _find(request: web.Request) -> Kept:
    """The complaint, for who handles it."""
    row = await the_complaint(request)
    number, ended = row["number"], row["closed_on"] or row["ended_on"] or today()
    open_ones = await _open_follow_ups(request, row)
    asked = request.match_info.get("act") == "check"
    return Kept(
        title=Words(f"投诉 {number} 的个人信息", f"Personal data of complaint {number}"),
        caption=about(row),
        crumbs=office(request).crumbs_to(row),
        here=f"{office(request).address(row['id'])}/personal",
        standing=row["personal"],
        since=row["personal_on"],
        holds=c.holds(row["state"], ended, today(), open_ones),
        relation="handler",
        state=row["state"],
        known={"complaint": row["id"], **({"follow_ups": open_ones} if asked else {})},
        envelopes=await kept(request.app[PLATFORM].log, row["id"], unit=acting(request).party.id),
        version=row["version"],
    )


async def _open_follow_ups(request: web.Request, row: Row) -> tuple[str, ...]:
    views, me = request.app[PLATFORM].views, acting(request).party.id
    return tuple(await views.followups.open_from(str(row["id"]), me=me))


PAGES = Erasure(STEPS, c.erasure_step, _find)
