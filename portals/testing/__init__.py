"""The testing body's portal: what it is asked for, and by whom."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words
from portals.internal_notes import note_routes
from portals.owed import desk
from portals.sharing_routes import sharing_nav, sharing_routes
from portals.web import page, staff


def _nowhere(row: dict[str, Any]) -> str:
    """Records of others are opened where a part in them is shown."""
    return ""


async def home(request: web.Request) -> web.StreamResponse:
    """What others asked of it and wait for."""
    title = Words("工作台", "Desk")
    return await page(request, "testing/home.html", title=title, **await desk(request, _nowhere))


ROUTES = [
    web.get("/testing", staff(home, "testing")),
    *note_routes("testing"),
    *sharing_routes("testing"),
]
NAV = [("/testing", Words("工作台", "Desk")), *sharing_nav("testing")]
