"""App: the routes of all portals in one web application over a platform."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from aiohttp import web

from portals import (
    account,
    clock,
    declaration,
    entrance,
    evidence_routes,
    guard,
    invitation,
    late,
    limits,
    metrics,
    notices,
    saved_filters,
    second,
    single_sign_on,
    tokens,
)
from portals.headers import headers
from portals.pages import HERE, KEY, NAVS, PLATFORM, SETTINGS, TEMPLATES, compile_all, environment
from portals.remembered import REMEMBERED, Remembered
from services.faults import AWAY
from services.platform import Platform
from services.settings import Settings

ALL = (
    "public", "council", "association", "regulator", "enterprise", "testing", "auditor", "admin",
    "log",
)  # fmt: skip
UPLOAD = 25 * 1024 * 1024

COMPILED = web.AppKey("COMPILED", asyncio.Event)


def make_app(
    platform: Platform, settings: Settings, portals: Iterable[str] | None = None
) -> web.Application:
    """The application; `portals` = only these of `ALL`."""
    app = web.Application(
        client_max_size=UPLOAD,
        middlewares=[
            metrics.observed,
            guard.cookies,
            guard.errors,
            guard.readable,
            guard.recognised,
            limits.paced,
            guard.tokens,
            guard.waiting,
        ],
    )
    app[PLATFORM], app[SETTINGS], app[KEY] = platform, settings, settings.key()
    limits.set_up(app)
    # Whoever is shown anything can check it.
    named = ALL if portals is None else dict.fromkeys([*portals, "log"])
    found = {name: _portal(name) for name in named}
    _mount(app, {name: module for name, module in found.items() if module is not None})
    app.on_response_prepare.extend((headers, metrics.identified))
    app.on_startup.append(_compile)
    return app


def _portal(name: str) -> ModuleType | None:
    """The portal's package, if it is there."""
    return import_module(f"portals.{name}") if find_spec(f"portals.{name}") else None


def _mount(app: web.Application, portals: dict[str, ModuleType]) -> None:
    app[TEMPLATES] = environment(*portals)
    app[NAVS] = {name: list(getattr(module, "NAV", [])) for name, module in portals.items()}
    for name, module in portals.items():
        app[NAVS] |= {f"{name} {role}": nav for role, nav in getattr(module, "NAV_OF", {}).items()}
    app[COMPILED] = asyncio.Event()
    app[REMEMBERED] = Remembered()
    app.add_routes([web.get("/healthz", healthz), *metrics.ROUTES, *entrance.ROUTES])
    app.add_routes(
        [
            *second.ROUTES,
            *declaration.ROUTES,
            *account.ROUTES,
            *clock.ROUTES,
            *late.ROUTES,
            *tokens.ROUTES,
            *notices.ROUTES,
            *saved_filters.ROUTES,
            *invitation.ROUTES,
            *single_sign_on.ROUTES,
            *evidence_routes.ROUTES,
        ]
    )
    for module in portals.values():
        app.add_routes(getattr(module, "ROUTES", []))
    app.router.add_static("/static", HERE / "static")


async def _compile(app: web.Application) -> None:
    compile_all(app[TEMPLATES])
    app[COMPILED].set()


async def healthz(request: web.Request) -> web.Response:
    """200 only once the views have caught up with the log and the templates are compiled."""
    platform = request.app[PLATFORM]
    try:
        size = await platform.log.size()
        well = request.app[COMPILED].is_set() and await platform.seen(size, timeout=0.2)
    except AWAY:
        well = False
    return web.Response(text="ok" if well else "not ready", status=200 if well else 503)
