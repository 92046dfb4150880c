"""Entrusted: what regulators entrusted to this council, which mediates in their name."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from events.words import Words
from portals.asking import page_number
from portals.complaint_office import COLOURS
from portals.council.complaints import COMPLAINTS
from portals.remembered import remembered
from portals.web import PLATFORM, acting, page, staff
from services.actions import complaints as c
from services.views.view import Row

HERE = "/council/entrusted"
TITLE = Words("受托调解", "Entrusted")


@remembered
async def entrusted(request: web.Request) -> web.StreamResponse:
    """The newest first, also those that have ended."""
    rows = await request.app[PLATFORM].views.complaints.entrusted_to(
        acting(request).party.id, page_number(request)
    )
    shown = replace(rows, rows=[_shown(row) for row in rows.rows])
    return await page(request, "council/entrusted.html", title=TITLE, rows=shown)


def _shown(row: Row) -> Row:
    return {
        **row,
        "url": COMPLAINTS.address(row["id"]),
        "state": c.STATES[row["state"]],
        "state_colour": COLOURS.get(row["state"], "done"),
        "principal": row["principal_name"],
        "principal_kind": "regulator",
    }


ROUTES = [web.get(HERE, staff(entrusted, "council"))]
