"""Integrity: what is signed and witnessed of the log, by whom, and what its own checks found."""

from __future__ import annotations

from aiohttp import web

from events.event import today
from events.words import Words
from portals.admin.doors import HOME, overseers, sees_all
from portals.pages import nav_of
from portals.web import PLATFORM, acting, page
from services.heads.integrity import Integrity, integrity
from services.heads.stamping import last_stamp
from services.views.view import Page, Row


async def show(request: web.Request) -> web.StreamResponse:
    """For who answers for the log, and for who watches it."""
    platform, by = request.app[PLATFORM], acting(request)
    now = await integrity(platform.pool, platform.policy)
    return await page(
        request,
        "admin/integrity.html",
        title=Words("日志完整性", "Integrity of the log"),
        breadcrumbs=HOME if sees_all(by) else [],
        now=now,
        reached=_reached(now),
        stamp=await last_stamp(platform.log, today()),
        keys=[str(key) for key in platform.trusts.logs] if platform.trusts else [],
        witnesses=_all([{**one._asdict(), "silent": one.silent} for one in now.witnesses]),
        checks=_all([one._asdict() for one in now.checks]),
        nav=nav_of(request.app, by),
    )


def _all(rows: list[Row]) -> Page:
    return Page(rows, len(rows), 1, max(1, len(rows)))


def _reached(now: Integrity) -> list[dict[str, object]]:
    """How far each level has come, as bars."""
    logged, witnessed = now.levels
    return [
        {"label": Words("已记录", "recorded"), "value": now.size},
        {"label": Words("已入链（已签名）", "logged (signed)"), "value": logged},
        {"label": Words("已见证（达到法定数）", "witnessed (quorum)"), "value": witnessed},
    ]


ROUTES = [web.get("/admin/integrity", overseers(show))]
