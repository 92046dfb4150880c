"""The council's desk: what waits for it, for others, what falls due, what is late."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words
from portals.owed import desk
from portals.web import PLATFORM, acting, page, staff
from services.actions.complaints import STATES


def address(row: dict[str, Any]) -> str:
    """Where an obligation leads in this portal."""
    return f"/council/complaints/{row['record']}" if row["kind"] == "complaints" else ""


async def home(request: web.Request) -> web.StreamResponse:
    by = acting(request)
    counted = await request.app[PLATFORM].views.complaints.states_of(by.party.id)
    states = [(code, words, counted[code]) for code, words in STATES if counted.get(code)]
    shown = [each for each in states if each[0] != "reversed"]
    title = Words("工作台", "Desk")
    context = await desk(request, address)
    return await page(request, "council/home.html", title=title, states=shown, **context)


ROUTES = [web.get("/council", staff(home, "council"))]
