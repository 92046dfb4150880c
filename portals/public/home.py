"""The front page: complain or follow a complaint, how it works, the register at a glance."""

from __future__ import annotations

from aiohttp import web

from events.event import today
from events.words import Words
from portals.web import PLATFORM, page


async def home(request: web.Request) -> web.StreamResponse:
    figures = await request.app[PLATFORM].views.complaints.glance()
    title = Words("消费维权，从这里开始", "Consumer protection starts here")
    return await page(request, "public/home.html", title=title, figures=figures, as_at=today())


ROUTES = [web.get("/", home)]
