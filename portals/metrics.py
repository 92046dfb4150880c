"""Metrics: the id of every request, what it adds to the figures and the log, who may read those.

The figures say how the program does, never what about whom; still they are for operators alone:
at the portals' address for those with the token, on a port of their own (loopback) without.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import perf_counter

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from events.ids import new_id
from events.words import Words
from portals.address import through_own_proxy
from portals.pages import PLATFORM, SETTINGS, viewer
from services.correlation import correlated
from services.platform import Platform
from services.settings import Settings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log_ = logging.getLogger("gongzhi.requests")
REQUEST_ID = web.RequestKey("REQUEST_ID", str)
HEADER = "X-Request-Id"
#: Counted for who left before the answer was complete: nothing went wrong.
LEFT = 499
_FIT = re.compile(r"[A-Za-z0-9._:-]{8,64}")
#: Asked every few seconds by programs: counted like all, but no news.
_QUIET = ("/healthz", "/metrics")
_DENIED = Words(
    "要读指标，请带上令牌（Authorization: Bearer …）。令牌由 GONGZHI_METRICS_TOKEN 设定；"
    "没有设定时，在数据目录的 metrics-token 文件里。",
    "To read the metrics send the token (Authorization: Bearer …). It is what "
    "GONGZHI_METRICS_TOKEN says, else what the file metrics-token in the data directory holds.",
)


# -- every request -----------------------------------------------------------------------


@web.middleware
async def observed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The outermost: whatever is done for the request belongs together under its id."""
    request[REQUEST_ID] = id = _given(request) or str(new_id())
    begun, status = perf_counter(), 500
    with correlated(id):
        try:
            response = await handler(request)
            status = response.status
            return response
        except web.HTTPException as answer:
            status = answer.status
            raise
        except asyncio.CancelledError:
            status = LEFT
            raise
        finally:
            _note(request, status, perf_counter() - begun)


async def identified(request: web.Request, response: web.StreamResponse) -> None:
    """The id stands on every answer, so that a person can name what went wrong."""
    response.headers[HEADER] = request.get(REQUEST_ID, "")


def route_of(request: web.Request) -> str:
    """The pattern of the address; the address itself may open what only one person knows."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else ""


def _given(request: web.Request) -> str | None:
    """The id that a proxy of the operator's own has given; nobody else may choose one."""
    given = request.headers.get(HEADER, "")
    return given if _FIT.fullmatch(given) and through_own_proxy(request) else None


def _note(request: web.Request, status: int, seconds: float) -> None:
    route, who = route_of(request), viewer(request)
    request.app[PLATFORM].metrics.requests.answered(request.method, route, status, seconds)
    level = logging.DEBUG if route in _QUIET else logging.INFO
    if log_.isEnabledFor(level):
        party = who.by.party.id if who.by else ""
        said = {"method": request.method, "route": route, "status": status}
        said |= {"ms": round(seconds * 1000, 1), "party": party, "person": who.person}
        log_.log(level, "%s %s %d", request.method, route or "-", status, extra=said)


# -- who may read the figures ------------------------------------------------------------


async def metrics(request: web.Request) -> web.Response:
    """The figures, for who has the token."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    key = request.app[SETTINGS].metrics_key()
    if kind == "Bearer" and hmac.compare_digest(token.encode(errors="replace"), key):
        return await _figures(request)
    said = f"{_DENIED.zh}\n{_DENIED.en}\n"
    return web.Response(status=401, text=said, headers={"WWW-Authenticate": "Bearer"})


async def _figures(request: web.Request) -> web.Response:
    text = await request.app[PLATFORM].metrics.text()
    return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


@asynccontextmanager
async def own_port(platform: Platform, settings: Settings) -> AsyncIterator[str | None]:
    """Serve the figures, and nothing else, on the port set for them; its address, if there is one.

    Raises `OSError` where the port cannot be used.
    """
    if settings.metrics_port is None:
        yield None
        return
    app = web.Application()
    app[PLATFORM], app[SETTINGS] = platform, settings
    host = settings.metrics_host
    app.router.add_get("/metrics", _figures if host.is_loopback else metrics)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, str(host), settings.metrics_port)
        await site.start()
        yield f"{site.name}/metrics"
    finally:
        await runner.cleanup()


ROUTES = [web.get("/metrics", metrics)]
