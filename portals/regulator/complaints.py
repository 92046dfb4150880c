"""Complaints that the regulator handles itself, to be read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.terms import CATEGORIES
from events.words import Words
from portals.asking import page_number, text
from portals.web import PLATFORM, acting, page, staff
from services.actions.complaints import STATES

COLOURS = {"received": "yours", "accepted": "yours", "mediating": "waiting"}


async def register(request: web.Request) -> web.StreamResponse:
    """The register of complaints this regulator handles."""
    asked = {"state": text(request, "state"), "q": text(request, "q")}
    rows = await request.app[PLATFORM].views.complaints.handled_by(
        acting(request).party.id,
        state=asked["state"],
        text=asked["q"],
        number=page_number(request),
    )
    return await page(
        request,
        "regulator/complaints.html",
        title=Words("投诉", "Complaints"),
        rows=replace(rows, rows=[_shown(row) for row in rows.rows]),
        asked=asked,
        states=[(code, words) for code, words in STATES if code != "reversed"],
    )


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "url": f"/regulator/trail?record={row['number']}",
        "state": STATES[row["state"]],
        "state_colour": COLOURS.get(row["state"], "done"),
        "category": CATEGORIES[row["category"]],
    }


ROUTES = [web.get("/regulator/complaints", staff(register, "regulator"))]
