"""The front page: complain, report, follow, ask; which of them is right; how long it takes."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words
from portals.public.instruments import WARNINGS
from portals.public.next_steps import by_when, deadline
from portals.web import PLATFORM, page
from services.clocks.due import due
from services.clocks.rules import RULES

WHICH = "/which"
#: So many warnings are shown, the newest first.
_NEWEST = 5


async def home(request: web.Request) -> web.StreamResponse:
    views = request.app[PLATFORM].views
    warnings = [row for row in (await views.instruments.warnings()).rows if row["ended_on"] is None]
    return await page(
        request, "public/home.html",
        title=Words("消费维权，从这里开始", "Consumer protection starts here"),
        figures=await views.complaints.glance(), as_at=today(), which=WHICH, all_warnings=WARNINGS,
        warnings=warnings[:_NEWEST], **_how_long(),
    )  # fmt: skip


def _how_long() -> dict[str, Any]:
    """Until when what is sent today is decided."""
    council = deadline({"state": "received", "handler_kind": "council", "since": today()})
    report = due(RULES["C5"], today())
    return {
        "decided": by_when(council), "decided_clock": council,
        "verified": by_when(report), "verified_clock": report,
    }  # fmt: skip


async def which(request: web.Request) -> web.StreamResponse:
    """Four questions, each with where its answer leads."""
    title = Words("不知道该走哪条路？", "Which way is right?")
    return await page(request, "public/which.html", title=title)


ROUTES = [web.get("/", home), web.get(WHICH, which)]
