"""The council's desk: what waits for it, for others, what falls due, what is late."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words
from portals.complaint_pages import counted
from portals.council.complaints import COMPLAINTS
from portals.enquiry_pages import EnquiryDesk
from portals.owed import desk
from portals.remembered import remembered
from portals.web import page, staff


def address(row: dict[str, Any]) -> str:
    """Where an obligation leads in this portal."""
    if row["kind"] == "enquiries":
        return EnquiryDesk("council").address(row["record"])
    if row["kind"] == "instruments":
        return f"/council/instruments/{row['record']}"
    return COMPLAINTS.address(row["record"]) if row["kind"] == "complaints" else ""


@remembered
async def home(request: web.Request) -> web.StreamResponse:
    return await page(
        request,
        "council/home.html",
        title=Words("工作台", "Desk"),
        office=COMPLAINTS,
        states=await counted(request),
        **await desk(request, address),
    )


ROUTES = [web.get("/council", staff(home, "council"))]
