"""Single sign-on: to a party's provider and back, to come in or to link one's account.

What the browser is sent away with stands in a cookie that only we can have written, for ten
minutes; what it comes back with must fit it.
"""

from __future__ import annotations

import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

from aiohttp import web

from events.accounts import IdentityLinked
from events.words import Words
from portals.asking import record_id
from portals.letting_in import agent, let_in, local
from portals.pages import KEY, PLATFORM, SETTINGS, cookie_name, is_https, kept_cookie, page, viewer
from portals.people import SESSION, acting, drop_cookie, put_cookie, staff
from portals.second import second_page, site
from portals.web import forward
from services import coming_in, identities, oidc
from services.account_log import note
from services.actions.refused import Refused
from services.oidc import Asked, Identity, Provider
from services.security import tell

BACK = "/sign-in/back"
COOKIE, SECONDS = "asked", 600

_NOT_YOURS = Words(
    "这次登录已经过期，或者不是在这个浏览器里开始的。请重新登录。",
    "This sign-in has expired, or did not begin in this browser. Please start again.",
)
_CANCELLED = Words(
    "单位的登录服务没有让您登录：{why}。", "Your organisation's service did not let you in: {why}."
)
_UNLINKED = Words(
    "这个单位账号还没有和平台账号关联。请先用密码登录，在“我的账号”里关联；没有平台账号的，请凭邀请开通。",
    "This account is not linked with one here. Sign in with your password and link it under "
    "“My account”; without an account, ask for an invitation.",
)
_TAKEN = Words(
    "这个单位账号已经和别人的平台账号关联。", "That account is linked with somebody else's already."
)


def client(request: web.Request) -> oidc.Client:
    return oidc.Client(request.app[SETTINGS].oidc_inside)


def back(request: web.Request) -> str:
    """Where the provider sends the browser."""
    return site(request).origin + BACK


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
    return await _away(request, Asked.fresh(record_id(request, "party"), to=to))


async def link(request: web.Request) -> web.StreamResponse:
    """Off to the provider of the party she acts for, to link her account there with hers here."""
    return await _away(request, Asked.fresh(acting(request).party.id, link=viewer(request).person))


async def _away(request: web.Request, asked: Asked) -> web.StreamResponse:
    provider = await _provider(request, asked.party)
    to = await client(request).sign_in_at(provider, asked, back(request))
    response = web.Response(status=303, headers={"Location": to})
    response.set_cookie(
        cookie_name(request.app, COOKIE), _signed(request, asked.text), path="/", max_age=SECONDS,
        httponly=True, samesite="Lax", secure=is_https(request.app),
    )  # fmt: skip
    return response


async def _provider(request: web.Request, party: str) -> Provider:
    found = await identities.provider_of(request.app[PLATFORM].pool, request.app[KEY], party)
    if found is None:
        raise Refused(_CANCELLED.fill(why="—"))
    return found


async def come_back(request: web.Request) -> web.StreamResponse:
    """From the provider: who she is there is who she is here, if she linked it."""
    try:
        return await _come_back(request)
    except Refused:
        tell("sign-on-failed", person=viewer(request).person)
        raise


async def _come_back(request: web.Request) -> web.StreamResponse:
    asked, given = _asked(request), request.query
    state = given.get("state", "")
    if asked is None or not hmac.compare_digest(state.encode(), asked.state.encode()):
        raise Refused(_NOT_YOURS)
    if "code" not in given:
        raise Refused(_CANCELLED.fill(why=given.get("error", "—")[:50]))
    provider = await _provider(request, asked.party)
    identity = await client(request).identity(provider, asked, given["code"][:2000], back(request))
    response = await _known(request, asked, identity)
    drop_cookie(response, request.app, COOKIE)
    return response


async def _known(request: web.Request, asked: Asked, identity: Identity) -> web.StreamResponse:
    if asked.link:
        return await _link(request, asked, identity)
    platform = request.app[PLATFORM]
    person = await identities.person_of(platform.pool, identity)
    if person is None:
        raise Refused(_UNLINKED)
    strict = request.app[SETTINGS].second_factor == "required"
    came = await coming_in.open_for(platform, person, "oidc", agent(request), strict)
    if not came.needs:
        return await let_in(request, came.cookie, asked.to, {})
    response = await second_page(request, came, asked.to, [])
    put_cookie(response, request.app, SESSION, came.cookie)
    return response


async def _link(request: web.Request, asked: Asked, identity: Identity) -> web.StreamResponse:
    """Only for her who began it, still signed in."""
    who, platform = viewer(request), request.app[PLATFORM]
    if who.person != asked.link or who.by is None:
        raise Refused(_NOT_YOURS)
    if not await identities.link(platform.pool, identity, who.person):
        raise Refused(_TAKEN)
    issuer = identity.issuer
    await note(platform.log, IdentityLinked, who.by, who.person, who.by.name, issuer=issuer)
    return forward("/account?said=added")


def _signed(request: web.Request, text: str) -> str:
    said = f"{int(time.time()) + SECONDS}.{urlsafe_b64encode(text.encode()).decode()}"
    return f"{said}.{_mac(request, said)}"


def _asked(request: web.Request) -> Asked | None:
    """What this browser was sent away with, if it was by us and not long ago."""
    said, _, mac = kept_cookie(request, COOKIE).rpartition(".")
    if not said or not hmac.compare_digest(mac.encode(), _mac(request, said).encode()):
        return None
    until, _, text = said.partition(".")
    return Asked.parse(urlsafe_b64decode(text).decode()) if int(until) > time.time() else None


def _mac(request: web.Request, said: str) -> str:
    return hmac.new(request.app[KEY], b"oidc:" + said.encode(), sha256).hexdigest()


ROUTES: list[Any] = [
    web.get("/sign-in/with", choose),
    web.get("/sign-in/with/{party}", go),
    web.get(BACK, come_back),
    web.get("/account/identity", staff(link)),
]
