"""An interview (约谈) that a council held with the business: what it was about, what it promised.

Who came and what was said stays with the council.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import both
from portals.asking import found, record_id
from portals.enterprise.home import CRUMB, INTERVIEWS
from portals.instruments import shown
from portals.owed import card
from portals.web import PLATFORM, acting, page, staff

Row = dict[str, Any]


async def show(request: web.Request) -> web.StreamResponse:
    """The interview, for the enterprise it was held with; else 404."""
    views, id = request.app[PLATFORM].views, record_id(request)
    row = found(await views.instruments.held_with(id, acting(request).party.id))
    owed = [card(each) for each in await views.obligations.of_record(id) if each["open"]]
    return await page(
        request, "enterprise/interview.html", title=both(row["title"]), breadcrumbs=[CRUMB],
        row=shown(row, f"{INTERVIEWS}/{id}"), owed=owed,
    )  # fmt: skip


ROUTES = [web.get(f"{INTERVIEWS}/{{id}}", staff(show, "enterprise"))]
