"""The regulator's desk: what waits for it, for others, what falls due, what is late."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words
from portals.owed import desk
from portals.web import PLATFORM, acting, page, staff
from services.actions.enforcement import STATES

#: States in which the regulator itself decides what comes next, without anybody waiting.
_NEXT = ("opened", "passed", "failed")


def address(row: dict[str, Any]) -> str:
    """Where an obligation leads in this portal."""
    if row["kind"] == "enforcement":
        return f"/regulator/followups/{row['record']}"
    if row["what"] == "answer":
        return f"/regulator/referrals/{row['record']}"
    return f"/regulator/trail?record={row['number']}"


async def home(request: web.Request) -> web.StreamResponse:
    by = acting(request)
    states = await request.app[PLATFORM].views.followups.states_of(by.party.id)
    undecided = [(code, STATES[code], states[code]) for code in _NEXT if states.get(code)]
    context = await desk(request, address)
    title = Words("工作台", "Desk")
    return await page(request, "regulator/home.html", title=title, undecided=undecided, **context)


ROUTES = [web.get("/regulator", staff(home, "regulator"))]
