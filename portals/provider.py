"""A party's provider of sign-in: the way there, and what the browser must bring back.

What the browser is sent away with stands in a cookie that only we can have written, for ten
minutes; what it comes back with must fit it.
"""

from __future__ import annotations

import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from aiohttp import web

from events.words import Words
from portals.letting_in import agent, let_in
from portals.pages import KEY, PLATFORM, SETTINGS, cookie_name, is_https, kept_cookie
from portals.people import SESSION, put_cookie
from portals.second import second_page, site
from services import coming_in, identities, oidc
from services.actions.refused import Refused
from services.oidc import Asked, Provider

BACK = "/sign-in/back"
COOKIE, SECONDS = "asked", 600

NOT_YOURS = Words(
    "这次登录已经过期，或者不是在这个浏览器里开始的。请重新登录。",
    "This sign-in has expired, or did not begin in this browser. Please start again.",
)
CANCELLED = Words(
    "单位的登录服务没有让您登录：{why}。", "Your organisation's service did not let you in: {why}."
)


def client(request: web.Request) -> oidc.Client:
    return oidc.Client(request.app[SETTINGS].oidc_inside)


def back(request: web.Request) -> str:
    """Where the provider sends the browser."""
    return site(request).origin + BACK


async def away(request: web.Request, asked: Asked) -> web.StreamResponse:
    """Off to the provider."""
    to, cookie = await sent(request, asked)
    response = web.Response(status=303, headers={"Location": to})
    keep(request, response, cookie)
    return response


async def sent(request: web.Request, asked: Asked) -> tuple[str, str]:
    """Where the browser goes, and what it keeps meanwhile. Raises `Refused`."""
    provider = await provider_of(request, asked.party)
    to = await client(request).sign_in_at(provider, asked, back(request))
    return to, _signed(request, asked.text)


def keep(request: web.Request, response: web.StreamResponse, cookie: str) -> None:
    """The browser keeps what it was sent away with."""
    response.set_cookie(
        cookie_name(request.app, COOKIE), cookie, path="/", max_age=SECONDS,
        httponly=True, samesite="Lax", secure=is_https(request.app),
    )  # fmt: skip


async def provider_of(request: web.Request, party: str) -> Provider:
    found = await identities.provider_of(request.app[PLATFORM].pool, request.app[KEY], party)
    if found is None:
        raise Refused(CANCELLED.fill(why="—"))
    return found


async def came_in(request: web.Request, person: str, to: str) -> web.StreamResponse:
    """She proved herself at the provider: in, or on to the second proof where one is asked for."""
    platform, strict = request.app[PLATFORM], request.app[SETTINGS].second_factor == "required"
    came = await coming_in.open_for(platform, person, "oidc", agent(request), strict)
    if not came.needs:
        return await let_in(request, came.cookie, to, {})
    response = await second_page(request, came, to, [])
    put_cookie(response, request.app, SESSION, came.cookie)
    return response


def _signed(request: web.Request, text: str) -> str:
    said = f"{int(time.time()) + SECONDS}.{urlsafe_b64encode(text.encode()).decode()}"
    return f"{said}.{_mac(request, said)}"


def asked_of(request: web.Request) -> Asked | None:
    """What this browser was sent away with, if it was by us and not long ago."""
    said, _, mac = kept_cookie(request, COOKIE).rpartition(".")
    if not said or not hmac.compare_digest(mac.encode(), _mac(request, said).encode()):
        return None
    until, _, text = said.partition(".")
    return Asked.parse(urlsafe_b64decode(text).decode()) if int(until) > time.time() else None


def _mac(request: web.Request, said: str) -> str:
    return hmac.new(request.app[KEY], b"oidc:" + said.encode(), sha256).hexdigest()
