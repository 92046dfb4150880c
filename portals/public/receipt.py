"""The receipt: number, time and place in the log, what happens next; made to be printed."""

from __future__ import annotations

from aiohttp import web

from events.words import Words
from portals.asking import found, record_id
from portals.public.next_steps import by_when, deadline, next_step
from portals.web import PLATFORM, page


async def receipt(request: web.Request) -> web.StreamResponse:
    """Holds nothing personal; its address is known only to who lodged the complaint."""
    row = found(await request.app[PLATFORM].views.tracking.one(record_id(request)))
    return await page(
        request,
        "public/receipt.html",
        title=Words("投诉已收到", "Your complaint was received"),
        row=row,
        again=request.query.get("again") == "1",
        next_step=next_step(row),
        by_when=by_when(deadline(row)),
    )


ROUTES = [web.get("/receipt/{id}", receipt)]
