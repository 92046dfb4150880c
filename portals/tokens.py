"""Tokens on her account page: for her party's mirror, made, told once, and ended."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from events.accounts import TokenEnded, TokenMade
from events.words import Words
from portals.asking import record_id
from portals.pages import viewer
from portals.people import acting, staff
from portals.web import PLATFORM, forward, page
from services import tokens
from services.account_log import note

HERE = "/account/tokens"
_CRUMBS = [("/account", Words("我的账号", "My account"))]
_TITLE = Words("读取日志的令牌", "Tokens to read the log")


async def show(request: web.Request, fresh: str = "", missing: bool = False) -> web.StreamResponse:
    """Hers, and the one just made."""
    hers = await tokens.tokens_of(request.app[PLATFORM].pool, viewer(request).person)
    return await page(
        request, "account_tokens.html", 422 if missing else 200, title=_TITLE, breadcrumbs=_CRUMBS,
        hers=hers, fresh=fresh, missing=missing,
    )  # fmt: skip


async def make(request: web.Request) -> web.StreamResponse:
    """Shown on this answer and never again."""
    who, by, platform = viewer(request), acting(request), request.app[PLATFORM]
    label = str((await request.post()).get("label", "")).replace("\0", "").strip()[:50]
    if not label:
        return await show(request, missing=True)
    fresh = await tokens.make(platform.pool, who.person, label)
    await note(platform.log, TokenMade, by, who.person, by.name, label=label)
    return await show(request, fresh)


async def end(request: web.Request) -> web.StreamResponse:
    who, by, platform = viewer(request), acting(request), request.app[PLATFORM]
    label = await tokens.end(platform.pool, who.person, UUID(record_id(request)))
    if label is not None:
        await note(platform.log, TokenEnded, by, who.person, by.name, label=label)
    return forward(HERE)


ROUTES = [
    web.get(HERE, staff(show)),
    web.post(HERE, staff(make)),
    web.post(HERE + "/{id}/end", staff(end)),
]
