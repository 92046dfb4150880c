"""Headers: on every answer, what the browser may do with it and what it may tell others."""

from __future__ import annotations

from aiohttp import web

from portals.pages import is_https, viewer

#: Nothing but our own files, no code or style within a page, shown in no frame, sent nowhere else.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
YEAR = 31_536_000
#: What no page of ours asks the browser for; passkeys are for ourselves.
PERMISSIONS = ", ".join(
    [
        f"{feature}=()"
        for feature in (
            "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media",
            "fullscreen", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
            "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
        )
    ]
    + [f"publickey-credentials-{what}=(self)" for what in ("create", "get")]
)  # fmt: skip

#: The same on every answer, also to what is no request at all.
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

#: Where visitors tell what happened, page after page. Browsers show a page that was answered to a
#: form again, on the way back, only where they may keep it: else they show an error instead.
TOLD = ("/complain", "/report", "/ask")


def is_page(request: web.Request) -> bool:
    """Whether the request is for a page of ours; the API has its own doors."""
    return not request.path.startswith(("/static/", "/api/", "/log/", "/healthz", "/metrics"))


async def headers(request: web.Request, response: web.StreamResponse) -> None:
    """Nobody's page may frame, read or hold on to ours."""
    given = response.headers
    given.setdefault("Content-Security-Policy", POLICY)
    given.update(ALWAYS)
    given.setdefault("Cache-Control", _keeping(request))
    given.popall("Server", None)
    if is_https(request.app):
        given["Strict-Transport-Security"] = f"max-age={YEAR}"
    if is_page(request):
        given.setdefault("Vary", "Cookie")


def _keeping(request: web.Request) -> str:
    if request.path.startswith("/static/"):
        return f"public, max-age={YEAR if 'v' in request.query else 300}"
    if viewer(request).session or (viewer(request).visitor and request.path not in TOLD):
        return "no-store"
    return "private, no-cache"
