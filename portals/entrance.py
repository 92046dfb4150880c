"""Entrance: sign in and out, choose the party to act for, and the pages about this site."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words
from portals.address import client_address
from portals.forms import typed
from portals.pages import PLATFORM, home, page, viewer
from portals.people import SESSION, acting, drop_cookie, pairs, put_cookie, staff, take_role
from portals.resume import resume_page
from portals.web import OUT_OF_DATE, reshown
from services import desk
from services.tries import TooMany

KEPT = "kept-"
NO_ROLE = Words(
    "登录名和密码正确，但您目前没有任何职务。请联系本单位管理员。",
    "Your name and password are right, but you hold no role now. Please ask your administrator.",
)


async def sign_in_form(request: web.Request) -> web.StreamResponse:
    if by := viewer(request).by:
        return _on(local(request.query.get("next", "")) or home(by.party.kind))
    return await _sign_in_page(request, local(request.query.get("next", "")), [])


@reshown
async def sign_in(request: web.Request) -> web.StreamResponse:
    """Let her in, then on to where she wanted, or to what she had typed."""
    posted = await request.post()
    to, name = local(str(posted.get("next", ""))), str(posted.get("name", "")).replace("\0", "")
    kept = {k.removeprefix(KEPT): v for k, v in typed(posted).items() if k.startswith(KEPT)}
    if viewer(request).stale:
        return await _sign_in_page(request, to, pairs(kept), 422, OUT_OF_DATE, name)
    try:
        await _open(request, name, str(posted.get("password", "")))
    except desk.NotSignedIn as refused:
        return await _sign_in_page(request, to, pairs(kept), 422, refused.words, name)
    except TooMany as rests:
        asked = await _sign_in_page(request, to, pairs(kept), 429, rests.words, name)
        asked.headers["Retry-After"] = str(rests.seconds)
        return asked
    if kept:
        response: web.StreamResponse = await resume_page(request, to, kept)
    else:
        response = _on(to or home(acting(request).party.kind))
    put_cookie(response, request.app, SESSION, viewer(request).session)
    return response


async def _open(request: web.Request, name: str, password: str) -> None:
    pool = request.app[PLATFORM].pool
    cookie = await desk.sign_in(pool, name, password, client_address(request))
    found = await desk.session(pool, cookie)
    if found is not None:
        await take_role(request, found)
    if viewer(request).by is None:
        await desk.end_session(pool, cookie)
        raise desk.NotSignedIn(NO_ROLE)
    viewer(request).session = cookie


async def _sign_in_page(
    request: web.Request,
    to: str,
    carried: list[tuple[str, Any]],
    status: int = 200,
    error: Words | None = None,
    name: str = "",
) -> web.Response:
    return await page(
        request, "sign_in.html", status, next=to, carried=carried, error=error, name=name
    )


async def sign_out(request: web.Request) -> web.StreamResponse:
    if session := viewer(request).session:
        await desk.end_session(request.app[PLATFORM].pool, session)
    response = _on("/")
    drop_cookie(response, request.app, SESSION)
    return response


async def switch_form(request: web.Request, wrong: bool = False) -> web.StreamResponse:
    return await page(request, "switch.html", 422 if wrong else 200, wrong=wrong)


async def switch(request: web.Request) -> web.StreamResponse:
    """Act for another party in which she holds a role."""
    party = str((await request.post()).get("party", ""))
    row = next((r for r in viewer(request).roles if str(r["party"]) == party), None)
    if row is None:
        return await switch_form(request, wrong=True)
    await desk.act_for(request.app[PLATFORM].pool, viewer(request).session, party)
    return _on(home(row["party_kind"]))


def local(address: str) -> str:
    """The address if it leads to this site, else nothing."""
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else ""


def _on(to: str) -> web.Response:
    return web.Response(status=303, headers={"Location": to})


def about(name: str) -> Any:
    """A page that only says something."""

    async def shown(request: web.Request) -> web.StreamResponse:
        return await page(request, f"{name}.html")

    return shown


ROUTES = [
    web.get("/sign-in", sign_in_form),
    web.post("/sign-in", sign_in),
    web.post("/sign-out", sign_out),
    web.get("/switch", staff(switch_form)),
    web.post("/switch", staff(switch)),
    web.get("/help", about("help")),
    web.get("/accessibility", about("accessibility")),
    web.get("/privacy", about("privacy")),
]
