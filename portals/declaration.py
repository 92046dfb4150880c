"""Declaration: the terms, accepted before any page of a desk opens; nothing typed is lost."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from yarl import URL

from events.words import Words
from portals.forms import typed
from portals.letting_in import carried, local
from portals.pages import PLATFORM, home, page, viewer
from portals.people import acting, pairs, staff
from portals.resume import resume_page
from portals.web import OUT_OF_DATE, reshown
from services import declaration

HERE = "/terms"
_TICK = Words(
    "请先阅读，再勾选“我已阅读并承诺”", "Read them first, then tick “I have read and accept”"
)


async def show(
    request: web.Request,
    to: str = "",
    kept: list[tuple[str, Any]] | None = None,
    status: int = 200,
    error: Words | None = None,
) -> web.StreamResponse:
    """The terms, with the box to tick for who has not accepted them."""
    accepted = next((row["terms"] for row in viewer(request).roles), 0)
    return await page(
        request, "terms.html", status, terms=declaration.PRESENT, carried=kept or [], error=error,
        accepted=accepted >= declaration.PRESENT.version,
        next=to or local(request.query.get("next", "")),
    )  # fmt: skip


async def form(request: web.Request) -> web.StreamResponse:
    return await show(request)


@reshown
async def accept(request: web.Request) -> web.StreamResponse:
    """Accepted: on to where she wanted, or to what she had typed."""
    posted = await request.post()
    to, kept = carried(posted)
    if viewer(request).stale:
        return await show(request, to, pairs(kept), 422, OUT_OF_DATE)
    if posted.get("accepts") != "yes":
        return await show(request, to, pairs(kept), 422, _TICK)
    by, platform = acting(request), request.app[PLATFORM]
    position = await declaration.accept(platform.log, by)
    await platform.seen(position)
    if kept:
        return await resume_page(request, to, kept)
    then = URL(to or home(by.party.kind)).update_query(at=str(position))
    return web.Response(status=303, headers={"Location": str(then)})


async def ask_first(request: web.Request) -> web.StreamResponse:
    """Instead of the page that she wanted; what was posted is kept."""
    if request.method in ("GET", "HEAD"):
        to = URL(HERE).with_query(next=request.path_qs)
        return web.Response(status=303, headers={"Location": str(to)})
    return await show(request, request.path_qs, pairs(typed(await request.post())), 403)


ROUTES = [
    web.get(HERE, staff(form, terms=False)),
    web.post(HERE, staff(accept, terms=False)),
]
