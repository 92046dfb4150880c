"""What the enterprise owes and is owed, and everything it may read about itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.words import Words
from portals.asking import page_number
from portals.owed import desk, entry
from portals.web import PLATFORM, acting, page, staff

#: What bodies tell each other about an enterprise before they act on it.
WITHHELD = (
    "clue-referred",
    "referral-returned",
    "follow-up-opened",
    "result-sent-to-council",
    "breach-suspected",
)


def address(row: dict[str, Any]) -> str:
    """Where an obligation leads in this portal."""
    if row["kind"] == "enforcement" and row["what"] != "delivery":
        return f"/enterprise/directives/{row['record']}"
    return f"/enterprise/pledges/{row['record']}" if row["kind"] == "pledges" else ""


async def home(request: web.Request) -> web.StreamResponse:
    title = Words("工作台", "Desk")
    return await page(request, "enterprise/home.html", title=title, **await desk(request, address))


async def timeline(request: web.Request) -> web.StreamResponse:
    """The enterprise's history across all parties, newest first."""
    rows = await request.app[PLATFORM].views.trail.of_enterprise(
        acting(request).party.id, page_number(request), without=WITHHELD
    )
    rows = replace(rows, rows=[entry(row) for row in rows.rows])
    title = Words("本企业的经过", "Our history")
    show = request.query.get("show", "all")
    return await page(request, "enterprise/timeline.html", title=title, rows=rows, show=show)


ROUTES = [
    web.get("/enterprise", staff(home, "enterprise")),
    web.get("/enterprise/timeline", staff(timeline, "enterprise")),
]
