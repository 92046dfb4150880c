"""What bodies made public of complaints, with the consumer's consent: whom, what, how it ended.

Nothing a consumer told stands here, and no number by which a complaint could be followed (121 §38).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aiohttp import web

from events.terms import CATEGORIES
from events.words import Words, both
from portals import bodies
from portals.asking import page_number, text
from portals.comments import beside
from portals.complaint_pages import outcome
from portals.forms import Typed
from portals.web import PLATFORM, page
from services.actions import complaints as c
from services.views.view import Row

TITLE = Words("投诉公示", "Published complaints")
HERE = "/published"


async def show(request: web.Request) -> web.StreamResponse:
    """The list, the latest first, found by business or product."""
    asked = text(request, "q")
    rows = await request.app[PLATFORM].views.complaints.published(
        text=asked, number=page_number(request)
    )
    return await page(
        request, "public/published.html", title=TITLE, asked=asked,
        rows=replace(rows, rows=await shown(request, rows.rows)),
        active=[{"key": "q", "label": both(asked)}] if asked else [],
    )  # fmt: skip


async def about(request: web.Request, values: Typed) -> list[Row]:
    """What is public already of the business somebody is about to complain of (R30)."""
    code, respondent = (str(values.get(name, "")).strip() for name in ("credit_code", "respondent"))
    known = await bodies.enterprise(request, code, respondent)
    found = await request.app[PLATFORM].views.complaints.published_about(
        enterprise=known.id if known else "", respondent=respondent
    )
    return await shown(request, found)


async def shown(request: web.Request, rows: Sequence[Row]) -> list[Row]:
    """As everybody reads it, with what the business says."""
    return [_shown(row) for row in await beside(request, rows)]


def _shown(row: Row) -> Row:
    return {
        **row,
        "category": CATEGORIES[row["category"]],
        "product": row["product"] or "—",
        "handler": row["handler_name"],
        "result": outcome(row) or c.STATES[row["state"]],
    }


ROUTES = [web.get(HERE, show)]
