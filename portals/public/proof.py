"""Proof: who knew number and telephone may look at that one complaint for half an hour.

The proof is a signed cookie; nothing about the consumer stands in an address or on the server.
"""

from __future__ import annotations

import hmac
import time
from hashlib import sha256

from aiohttp import web

from portals.pages import KEY
from portals.people import is_https

COOKIE, SECONDS, PATH = "complaint", 30 * 60, "/track"


def prove(request: web.Request, response: web.StreamResponse, complaint: str) -> None:
    """Let this browser look at the complaint."""
    said = f"{complaint}.{int(time.time()) + SECONDS}"
    response.set_cookie(
        COOKIE, f"{said}.{_mac(request, said)}", path=PATH, max_age=SECONDS, httponly=True,
        samesite="Strict", secure=is_https(request.app),
    )  # fmt: skip


def forget(response: web.StreamResponse) -> None:
    """The browser may no longer look."""
    response.del_cookie(COOKIE, path=PATH)


def proven(request: web.Request) -> str | None:
    """The complaint this browser may look at."""
    said, _, mac = request.cookies.get(COOKIE, "").rpartition(".")
    if not said or not hmac.compare_digest(mac.encode(), _mac(request, said).encode()):
        return None
    complaint, _, until = said.partition(".")
    return complaint if int(until) > time.time() else None


def _mac(request: web.Request, said: str) -> str:
    return hmac.new(request.app[KEY], b"complaint:" + said.encode(), sha256).hexdigest()
