"""People: who is signed in, for which party she acts, and who may open a page at all."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any

from aiohttp import web
from yarl import URL

from events.event import Acting, PartyRef
from events.terms import PARTY_KINDS
from events.words import Words
from portals.forms import typed
from portals.pages import KEY, PLATFORM, SETTINGS, cookie_name, is_https, kept_cookie, page, viewer
from portals.remembered import roles
from services import sessions, tokens
from services.actions.refused import NotAllowed
from services.coming_in import acting_of
from services.declaration import PRESENT

Handler = Callable[..., Awaitable[web.StreamResponse]]
Row = dict[str, Any]

#: The cookie of the session.
SESSION = "gongzhi"

CONSUMER = Acting(
    person="",
    name="消费者",
    party=PartyRef(id="consumer", name="消费者", kind="consumer"),
    role="consumer",
    channel="portal",
)


def consumer(request: web.Request) -> Acting:
    """A visitor without an account."""
    return CONSUMER


def acting(request: web.Request) -> Acting:
    """Who acts on this page; only behind `staff`."""
    by = viewer(request).by
    if by is None:
        raise web.HTTPForbidden
    return by


# -- sessions ----------------------------------------------------------------------------


def put_cookie(response: web.StreamResponse, app: web.Application, name: str, value: str) -> None:
    response.set_cookie(
        cookie_name(app, name), value, path="/", httponly=True, samesite="Lax", secure=is_https(app)
    )


def drop_cookie(response: web.StreamResponse, app: web.Application, name: str) -> None:
    """Over HTTPS a browser only lets a cookie go the way it was set."""
    response.del_cookie(cookie_name(app, name), path="/", secure=is_https(app))


async def recognise(request: web.Request) -> None:
    """Set who is signed in, if anybody is, and her roles."""
    who = viewer(request)
    who.token = partial(token, request)
    cookie = kept_cookie(request, SESSION)
    found = await sessions.session(request.app[PLATFORM].pool, cookie) if cookie else None
    if found is None:
        return
    who.session = str(cookie)
    await take_role(request, found)


async def recognise_program(request: web.Request) -> None:
    """On whose behalf a program reads the log: by its token, else by a session."""
    given = request.headers.get("Authorization", "")
    if not given.startswith("Bearer "):
        return await recognise(request)
    person = await tokens.person_of(request.app[PLATFORM].pool, given.removeprefix("Bearer "))
    if person is not None:
        await take_role(request, sessions.Session(person, None))


async def take_role(request: web.Request, session: sessions.Session) -> None:
    """The role of the chosen party, else the first one."""
    rows = await roles(request, session.person)
    chosen = [r for r in rows if str(r["party"]) == session.party]
    who = viewer(request)
    who.roles, who.person = rows, session.person
    if rows:
        who.by = acting_of(chosen[0] if chosen else rows[0])


# -- form tokens -------------------------------------------------------------------------


def token(request: web.Request) -> str:
    """The form token of this session, or of this visitor."""
    whose = viewer(request).session or visitor(request)
    return hmac.digest(request.app[KEY], b"csrf:" + whose.encode(), "sha256").hex()


def visitor(request: web.Request) -> str:
    """The random mark of a browser without session; made when a form first needs it."""
    who = viewer(request)
    if not who.visitor:
        kept = kept_cookie(request, "visitor")
        who.visitor = kept if len(kept) >= 20 else secrets.token_urlsafe(24)
    return who.visitor


def keep_visitor(request: web.Request, response: web.StreamResponse) -> None:
    mark = viewer(request).visitor
    if mark and mark != kept_cookie(request, "visitor"):
        put_cookie(response, request.app, "visitor", mark)


# -- who may open a page -----------------------------------------------------------------


def staff(handler: Handler, *kinds: str, terms: bool = True) -> Handler:
    """The page for people of these kinds of party; others are asked to sign in or refused.

    `terms` = only for who has accepted the present terms of use.
    """

    @wraps(handler)
    async def guarded(request: web.Request) -> web.StreamResponse:
        by = viewer(request).by
        if by is None:
            return await _ask_to_sign_in(request)
        if terms and _has_to_accept(request):
            from portals.declaration import ask_first  # whose own page stands behind this door

            return await ask_first(request)
        if kinds and by.party.kind not in kinds:
            raise NotAllowed(_for_others(by, kinds))
        return await handler(request)

    guarded.staff = kinds or ("any",)  # type: ignore[attr-defined]
    return guarded


def _has_to_accept(request: web.Request) -> bool:
    """Whether she has not accepted the present terms of use."""
    required = request.app[SETTINGS].terms == "required"
    return required and any(row["terms"] < PRESENT.version for row in viewer(request).roles)


def signed_in(*kinds: str) -> Callable[[Handler], Handler]:
    """`staff` as a decorator."""
    return lambda handler: staff(handler, *kinds)


async def _ask_to_sign_in(request: web.Request) -> web.StreamResponse:
    """A page is opened after signing in; what was posted is carried along, nothing is lost."""
    if request.method in ("GET", "HEAD"):
        to = URL("/sign-in").with_query(next=request.path_qs)
        return web.Response(status=303, headers={"Location": str(to)})
    values = typed(await request.post())
    return await page(request, "sign_in.html", 401, next=request.path_qs, carried=pairs(values))


def pairs(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Typed values as hidden fields: repeated names repeat."""
    return [
        (name, each)
        for name, value in values.items()
        for each in (value if isinstance(value, list) else [value])
    ]


def _for_others(by: Acting, kinds: tuple[str, ...]) -> Words:
    zh = "、".join(PARTY_KINDS[k].zh for k in kinds)
    en = ", ".join(PARTY_KINDS[k].en for k in kinds)
    return Words(
        f"这一页供{zh}使用；您现在代表{by.party.name}。如果您在另一个单位也有职务，可以切换。",
        f"This page is for: {en}. You now act for {by.party.name}. "
        "If you also hold a role elsewhere, you can switch.",
    )
