"""Proof: who knew number and telephone may look at that one complaint for half an hour.

The proof is a signed cookie; nothing about the consumer stands in an address or on the server.
"""

from __future__ import annotations

import hmac
import time
from hashlib import sha256

from aiohttp import web

from portals.pages import KEY, cookie_name, is_https, kept_cookie
from portals.people import drop_cookie

COOKIE, SECONDS = "complaint", 30 * 60


def prove(request: web.Request, response: web.StreamResponse, complaint: str) -> None:
    """Let this browser look at the complaint."""
    said = f"{complaint}.{int(time.time()) + SECONDS}"
    response.set_cookie(
        cookie_name(request.app, COOKIE), f"{said}.{_mac(request, said)}", path="/",
        max_age=SECONDS, httponly=True, samesite="Strict", secure=is_https(request.app),
    )  # fmt: skip


def forget(request: web.Request, response: web.StreamResponse) -> None:
    """The browser may no longer look."""
    drop_cookie(response, request.app, COOKIE)


def proven(request: web.Request) -> str | None:
    """The complaint this browser may look at."""
    said, _, mac = kept_cookie(request, COOKIE).rpartition(".")
    if not said or not hmac.compare_digest(mac.encode(), _mac(request, said).encode()):
        return None
    complaint, _, until = said.partition(".")
    return complaint if int(until) > time.time() else None


def _mac(request: web.Request, said: str) -> str:
    return hmac.new(request.app[KEY], b"complaint:" + said.encode(), sha256).hexdigest()
