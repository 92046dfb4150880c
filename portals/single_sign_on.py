"""Single sign-on: to a party's provider and back, to come in, to link one's account or to accept
an invitation."""

from __future__ import annotations

import hmac
from typing import Any

from aiohttp import web

from events.accounts import IdentityLinked
from events.words import Words
from portals import invitation
from portals.asking import record_id
from portals.letting_in import local
from portals.pages import PLATFORM, page, viewer
from portals.people import acting, drop_cookie, staff
from portals.provider import (
    BACK,
    CANCELLED,
    COOKIE,
    NOT_YOURS,
    asked_of,
    away,
    back,
    came_in,
    client,
    provider_of,
)
from portals.web import forward
from services import identities
from services.account_log import note
from services.actions.refused import Refused
from services.oidc import Asked, Identity
from services.security import tell

_UNLINKED = Words(
    "这个单位账号还没有和平台账号关联。请先用密码登录，在“我的账号”里关联；没有平台账号的，请凭邀请开通。",
    "This account is not linked with one here. Sign in with your password and link it under "
    "“My account”; without an account, ask for an invitation.",
)
_TAKEN = Words(
    "这个单位账号已经和别人的平台账号关联。", "That account is linked with somebody else's already."
)


async def choose(request: web.Request) -> web.StreamResponse:
    """By which party's provider?"""
    platform = request.app[PLATFORM]
    ids = await identities.parties(platform.pool)
    rows = [await platform.views.directory.party(each) for each in ids]
    return await page(
        request, "single_sign_on.html", title=Words("单位统一登录", "Single sign-on"),
        rows=[row for row in rows if row], next=local(request.query.get("next", "")),
    )  # fmt: skip


async def go(request: web.Request) -> web.StreamResponse:
    """Off to the provider."""
    to = local(request.query.get("next", ""))
    return await away(request, Asked.fresh(record_id(request, "party"), to=to))


async def link(request: web.Request) -> web.StreamResponse:
    """Off to the provider of the party she acts for, to link her account there with hers here."""
    return await away(request, Asked.fresh(acting(request).party.id, link=viewer(request).person))


async def come_back(request: web.Request) -> web.StreamResponse:
    """From the provider: who she is there is who she is here, if she linked it."""
    try:
        return await _come_back(request)
    except Refused:
        tell("sign-on-failed", person=viewer(request).person)
        raise


async def _come_back(request: web.Request) -> web.StreamResponse:
    asked, given = asked_of(request), request.query
    state = given.get("state", "")
    if asked is None or not hmac.compare_digest(state.encode(), asked.state.encode()):
        raise Refused(NOT_YOURS)
    try:
        identity = await _identity(request, asked)
    except Refused as refused:
        if not asked.invitation:
            raise
        tell("sign-on-failed")
        response = await invitation.again(request, asked, refused)
    else:
        response = await _known(request, asked, identity)
    drop_cookie(response, request.app, COOKIE)
    return response


async def _identity(request: web.Request, asked: Asked) -> Identity:
    if "code" not in request.query:
        raise Refused(CANCELLED.fill(why=request.query.get("error", "—")[:50]))
    provider, code = await provider_of(request, asked.party), request.query["code"][:2000]
    return await client(request).identity(provider, asked, code, back(request))


async def _known(request: web.Request, asked: Asked, identity: Identity) -> web.StreamResponse:
    if asked.link:
        return await _link(request, asked, identity)
    if asked.invitation:
        return await invitation.come_back(request, asked, identity)
    platform = request.app[PLATFORM]
    person = await identities.person_of(platform.pool, identity)
    if person is None:
        raise Refused(_UNLINKED)
    return await came_in(request, person, asked.to)


async def _link(request: web.Request, asked: Asked, identity: Identity) -> web.StreamResponse:
    """Only for her who began it, still signed in."""
    who, platform = viewer(request), request.app[PLATFORM]
    if who.person != asked.link or who.by is None:
        raise Refused(NOT_YOURS)
    if not await identities.link(platform.pool, identity, who.person):
        raise Refused(_TAKEN)
    issuer = identity.issuer
    await note(platform.log, IdentityLinked, who.by, who.person, who.by.name, issuer=issuer)
    return forward("/account?said=added")


ROUTES: list[Any] = [
    web.get("/sign-in/with", choose),
    web.get("/sign-in/with/{party}", go),
    web.get(BACK, come_back),
    web.get("/account/identity", staff(link)),
]
