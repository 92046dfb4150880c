"""Limits: how large a request may be, and how many one address or one account may send.

What was typed is never lost: a form that came too fast stands on the page with its button.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from events.words import Words
from portals.address import client_address
from portals.forms import typed
from portals.headers import is_page
from portals.metrics import route_of
from portals.pages import KEY, SETTINGS, page, viewer
from portals.resume import resume_page
from services.actions.refused import Refused
from services.effort import Rush
from services.pace import Pace
from services.security import mark, tell

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

ONLY_ASK = ("GET", "HEAD", "OPTIONS")
#: Of a form without files; our longest has some thirty questions of a few thousand characters.
FORM_BYTES, FIELDS = 1024 * 1024, 1000
#: Of a form with files: what a basket takes (`services/files/basket.py`), and the rest of the form.
FILES_BYTES = 210_000_000
HEADERS, HEADER_BYTES = 100, 32 * 1024
#: Addresses that read much at once: exports, downloads, proofs of whole records.
_COSTLY = re.compile(r"\.(csv|xlsx|zip|pdf)$|/(exports?|downloads?|files?|proof)(/|$)")

_PACE = web.AppKey("PACE", dict[str, Pace])
#: How many complaints and reports come in.
RUSH = web.AppKey("RUSH", Rush)
_FIRST = Words("请求太快，没有处理", "Too many requests; this one was not done")
_REST = Words(
    "{seconds} 秒后可以再试。内容都在，不会重复记录。",
    "Try again in {seconds} seconds. Everything is kept, nothing is recorded twice.",
)
LARGE_FORM = Words(
    f"这份表单太大，没有收到：文字合计最多 1 MB、{FIELDS} 项。请返回，缩短后再提交。",
    f"This form is too large and was not received: at most 1 MB of text and {FIELDS} fields. "
    "Go back, shorten it and send it again.",
)
_LARGE_HEADER = Words(
    "浏览器发来的请求头太大，没有处理。请清除本站的 Cookie 后再打开。",
    "Your browser sent too large a header. Clear the cookies of this site and open it again.",
)


class TooLarge(Refused):
    """More than is taken in one request."""


class LargeHeader(Refused):
    """A header that no browser sends by itself."""


def set_up(app: web.Application) -> None:
    """One count for addresses, one for accounts."""
    chosen = app[SETTINGS]
    app[RUSH] = Rush()
    app[_PACE] = {"address": Pace(chosen.limit_address), "account": Pace(chosen.limit_account)}


# -- how large ---------------------------------------------------------------------------


def check_header(request: web.Request) -> None:
    """Raises `LargeHeader`."""
    headers = request.raw_headers
    size = sum([len(name) + len(value) for name, value in headers])
    if len(headers) > HEADERS or size > HEADER_BYTES:
        raise LargeHeader(_LARGE_HEADER)


async def check_form(request: web.Request) -> None:
    """Raises `TooLarge`, before a form without files is taken apart."""
    if hasattr(request.match_info.handler, "uploads"):
        request._client_max_size = FILES_BYTES  # aiohttp knows one limit for all addresses
    if request.content_type == "application/x-www-form-urlencoded":
        if (request.content_length or 0) > FORM_BYTES:
            raise TooLarge(LARGE_FORM)
        body = await request.read()
        if len(body) > FORM_BYTES or body.count(b"&") >= FIELDS:
            raise TooLarge(LARGE_FORM)


# -- how many ----------------------------------------------------------------------------


@web.middleware
async def paced(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whoever sends or searches too fast has to wait, with all that was typed."""
    if not _counts(request):
        return await handler(request)
    who, address = viewer(request), client_address(request)
    wait = request.app[_PACE]["address"].take(address)
    if not wait and who.person:
        wait = request.app[_PACE]["account"].take(who.person)
    if not wait:
        return await handler(request)
    source, party = mark(request.app[KEY], address), who.by.party.id if who.by else ""
    route = route_of(request)
    tell("rested", person=who.person, party=party, route=route, source=source, seconds=wait)
    response = await _rest(request, wait)
    response.headers["Retry-After"] = str(wait)
    return response


def _counts(request: web.Request) -> bool:
    if request.method not in ONLY_ASK or _COSTLY.search(request.path):
        return True
    return bool(request.query.get("q"))


async def _rest(request: web.Request, wait: int) -> web.Response:
    advice = _REST.fill(seconds=wait)
    if not is_page(request):
        return web.Response(status=429, text=f"{_FIRST.en}. {advice.en}\n")
    if request.method in ONLY_ASK or is_foreign(request):
        shown = {"title": _FIRST, "advice": advice, "is_error": True, "is_fault": False}
        return await page(request, "error.html", 429, back=came_from(request), **shown)
    kept = typed(await request.post())
    return await resume_page(request, request.path_qs, kept, 429, why=_FIRST, advice=advice)


def came_from(request: web.Request) -> str:
    """The page of ours that led here, so that there is a way back; "" where none is known."""
    said = urlsplit(request.headers.get("Referer", ""))
    ours = said.netloc == request.host and not said.path.startswith("//")
    if not ours or (request.method in ONLY_ASK and said.path == request.path):
        return ""
    return said._replace(scheme="", netloc="", fragment="").geturl()


def is_foreign(request: web.Request) -> bool:
    """Whether another site sent this; a browser that says nothing must have the token."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host
