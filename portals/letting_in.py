"""Letting in: what happens once everything is proved, and what is carried along until then."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from portals.forms import typed
from portals.pages import PLATFORM, home, viewer
from portals.people import SESSION, acting, put_cookie, take_role
from portals.resume import resume_page
from services import sessions
from services.security import tell

_KEPT = "kept-"


def carried(posted: Any) -> tuple[str, dict[str, Any]]:
    """Where she wanted to go, and what she had typed before she had to sign in."""
    kept = {k.removeprefix(_KEPT): v for k, v in typed(posted).items() if k.startswith(_KEPT)}
    return local(str(posted.get("next", ""))), kept


def agent(request: web.Request) -> str:
    """Browser and system, as she will recognise them in the list of her sessions."""
    return request.headers.get("User-Agent", "").replace("\0", "")


async def enter(request: web.Request, cookie: str) -> None:
    """From here on this request is hers."""
    found = await sessions.session(request.app[PLATFORM].pool, cookie)
    if found is not None:
        await take_role(request, found)
    viewer(request).session = cookie


async def let_in(
    request: web.Request, cookie: str, to: str, kept: dict[str, Any]
) -> web.StreamResponse:
    """She is in: on to where she wanted, or to what she had typed."""
    await enter(request, cookie)
    who, by = viewer(request), acting(request)
    tell("signed-in", person=who.person, party=by.party.id)
    if kept:
        response: web.StreamResponse = await resume_page(request, to, kept)
    else:
        response = on(to or home(acting(request).party.kind))
    put_cookie(response, request.app, SESSION, cookie)
    return response


def local(address: str) -> str:
    """The address if it leads to this site, else nothing."""
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else ""


def on(to: str) -> web.Response:
    """On to another page."""
    return web.Response(status=303, headers={"Location": to})
