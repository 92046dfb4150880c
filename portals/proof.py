"""Proof: who knew number and telephone (or query code) may look at that one case for half an hour.

The proof is a signed cookie; nothing about her stands in an address or on the server.
"""

from __future__ import annotations

import hmac
import time

from aiohttp import web

from portals.pages import KEY, cookie_name, is_https, kept_cookie
from portals.people import drop_cookie

COMPLAINT, REPORT, ENQUIRY, SECONDS = "complaint", "report", "enquiry", 30 * 60


def prove(
    request: web.Request, response: web.StreamResponse, id: str, what: str = COMPLAINT
) -> None:
    """Let this browser look at the complaint, the report or the enquiry."""
    said = f"{id}.{int(time.time()) + SECONDS}"
    response.set_cookie(
        cookie_name(request.app, what), f"{said}.{_mac(request, said, what)}", path="/",
        max_age=SECONDS, httponly=True, samesite="Strict", secure=is_https(request.app),
    )  # fmt: skip


def forget(request: web.Request, response: web.StreamResponse, what: str = COMPLAINT) -> None:
    """The browser may no longer look."""
    drop_cookie(response, request.app, what)


def proven(request: web.Request, what: str = COMPLAINT) -> str | None:
    """The complaint, the report or the enquiry this browser may look at."""
    said, _, mac = kept_cookie(request, what).rpartition(".")
    if not said or not hmac.compare_digest(mac.encode(), _mac(request, said, what).encode()):
        return None
    id, _, until = said.partition(".")
    return id if int(until) > time.time() else None


def _mac(request: web.Request, said: str, what: str) -> str:
    return hmac.digest(request.app[KEY], f"{what}:{said}".encode(), "sha256").hex()
