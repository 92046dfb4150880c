"""The query code of a report: made from its form, shown for half an hour, kept nowhere.

Whoever sends the same form twice has one report and one code; the log holds its hash.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Any

from aiohttp import web

from portals.pages import KEY, cookie_name, is_https, kept_cookie
from portals.query_code import written
from services.actions.reports import query_hash

COOKIE, SECONDS = "report-code", 30 * 60


async def code_of(request: web.Request) -> str:
    """The code of the form that was posted."""
    key = str((await request.post()).get("key", ""))
    return written(hmac.new(request.app[KEY], b"report-code:" + key.encode(), sha256).digest())


def show_code(request: web.Request, response: web.StreamResponse, code: str) -> None:
    """Let this browser show it."""
    response.set_cookie(
        cookie_name(request.app, COOKIE), code, path="/", max_age=SECONDS, httponly=True,
        samesite="Strict", secure=is_https(request.app),
    )  # fmt: skip


def shown_code(request: web.Request, tracked: dict[str, Any] | None) -> str:
    """The code of this very report, where this browser may show it; else ""."""
    code = kept_cookie(request, COOKIE)
    known = bool(code) and tracked is not None
    return code if known and hmac.compare_digest(query_hash(code), tracked["query"]) else ""  # type: ignore[index]
