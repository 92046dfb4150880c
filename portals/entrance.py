"""Entrance: sign in and out, choose the party to act for, and the pages about this site."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.accounts import SessionEnded
from events.words import Words
from portals.address import client_address
from portals.letting_in import agent, carried, let_in, local, on
from portals.pages import KEY, PLATFORM, SETTINGS, home, page, viewer
from portals.people import SESSION, drop_cookie, pairs, put_cookie, staff
from portals.second import second_page
from portals.web import OUT_OF_DATE, reshown
from services import coming_in, desk, sessions
from services.account_log import note
from services.security import mark, tell
from services.tries import TooMany


async def sign_in_form(request: web.Request) -> web.StreamResponse:
    if by := viewer(request).by:
        return on(local(request.query.get("next", "")) or home(by.party.kind))
    return await _sign_in_page(request, local(request.query.get("next", "")), [])


@reshown
async def sign_in(request: web.Request) -> web.StreamResponse:
    """Her password; then the second proof, or on to where she wanted or what she had typed."""
    posted = await request.post()
    (to, kept), name = carried(posted), str(posted.get("name", "")).replace("\0", "")
    if viewer(request).stale:
        return await _sign_in_page(request, to, pairs(kept), 422, OUT_OF_DATE, name)
    try:
        came = await _with_password(request, name, str(posted.get("password", "")))
    except TooMany as rests:
        _tell("rested", request, name)
        asked = await _sign_in_page(request, to, pairs(kept), 429, rests.words, name)
        asked.headers["Retry-After"] = str(rests.seconds)
        return asked
    except (desk.NotSignedIn, desk.Locked) as refused:
        status = 423 if isinstance(refused, desk.Locked) else 422
        _tell("sign-in-locked" if status == 423 else "sign-in-failed", request, name)
        return await _sign_in_page(request, to, pairs(kept), status, refused.words, name)
    if came.needs:
        response: web.StreamResponse = await second_page(request, came, to, pairs(kept))
        put_cookie(response, request.app, SESSION, came.cookie)
        return response
    return await let_in(request, came.cookie, to, kept)


def _tell(what: str, request: web.Request, name: str) -> None:
    """To the security log: the name and from where, as marks."""
    key = request.app[KEY]
    tell(what, whom=mark(key, name), source=mark(key, client_address(request)), why="password")


async def _with_password(request: web.Request, name: str, password: str) -> coming_in.Came:
    return await coming_in.with_password(
        request.app[PLATFORM], name, password, client_address(request), agent(request),
        request.app[SETTINGS].second_factor == "required",
    )  # fmt: skip


async def _sign_in_page(
    request: web.Request,
    to: str,
    kept: list[tuple[str, Any]],
    status: int = 200,
    error: Words | None = None,
    name: str = "",
) -> web.Response:
    return await page(
        request, "sign_in.html", status, next=to, carried=kept, error=error, name=name
    )


async def sign_out(request: web.Request) -> web.StreamResponse:
    """End the session here; whoever stole its cookie has nothing more of it."""
    who, platform = viewer(request), request.app[PLATFORM]
    if who.session:
        await sessions.end_session(platform.pool, who.session)
        if who.by is not None:
            await note(
                platform.log, SessionEnded, who.by, who.person, who.by.name, why="signed_out"
            )
    response = on("/")
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
    await sessions.act_for(request.app[PLATFORM].pool, viewer(request).session, party)
    return on(home(row["party_kind"]))


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
