"""The administrators' first page, and how far each view has been built."""

from __future__ import annotations

from aiohttp import web

from events.terms import PARTY_KINDS
from events.words import Words
from portals.admin.doors import HOME, administrators, operators, sees_all
from portals.web import PLATFORM, acting, page
from services.heads.selfcheck import last_checks
from services.views.health import health
from services.views.view import Page

_KINDS = ("regulator", "council", "association", "enterprise", "testing", "auditor")


async def home(request: web.Request) -> web.StreamResponse:
    """How many parties and people there are, and whether every view follows the log."""
    by, platform = acting(request), request.app[PLATFORM]
    counts = await platform.views.directory.kinds()
    people = await platform.views.directory.people("" if sees_all(by) else by.party.id)
    checks = await last_checks(platform.pool, 1)
    behind = [row for row in await health(platform.pool, platform.views) if row["failed_at"]]
    return await page(
        request,
        "admin/home.html",
        title=Words("管理", "Administration"),
        counts=[(kind, PARTY_KINDS[kind], counts.get(kind, 0)) for kind in _KINDS],
        people=people.known,
        stopped=behind,
        altered=next((one for one in checks if one.position is not None), None),
        everything=sees_all(by),
    )


async def views(request: web.Request) -> web.StreamResponse:
    """Each view with its position, how far behind the log it is, and why it stopped."""
    platform = request.app[PLATFORM]
    rows = await health(platform.pool, platform.views)
    return await page(
        request,
        "admin/views.html",
        title=Words("视图与运行", "Views and health"),
        breadcrumbs=HOME,
        size=await platform.log.size(),
        rows=Page(rows, len(rows), 1, max(1, len(rows))),
        stopped=[row for row in rows if row["failed_at"]],
    )


ROUTES = [
    web.get("/admin", administrators(home)),
    web.get("/admin/views", operators(views)),
]
