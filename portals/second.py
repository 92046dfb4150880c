"""The second proof: a code or a passkey after the password; who has none sets one up here.

The page carries along where she wanted to go and what she had typed, so that nothing is lost.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.accounts import FactorAdded, RecoveryCodesIssued
from events.words import Words
from portals.letting_in import carried, enter, let_in
from portals.pages import KEY, PLATFORM, is_https, kept_cookie, page, viewer
from portals.people import SESSION, pairs, put_cookie
from portals.qr import qr
from portals.web import OUT_OF_DATE, reshown
from services import coming_in, desk, factors, passkeys, sessions
from services.account_log import note
from services.actions.refused import Refused
from services.coming_in import Came
from services.security import tell
from services.tries import TooMany

_NOT_THAT_CODE = Words(
    "验证码不对。请核对手机时间是否准确，再输入现在显示的 6 位数字。",
    "The code is wrong. Check that your phone's clock is right, and type the 6 digits shown now.",
)


def site(request: web.Request) -> passkeys.Site:
    """Where the browser found us."""
    scheme = "https" if is_https(request.app) else request.scheme
    return passkeys.Site(request.host.partition(":")[0], f"{scheme}://{request.host}")


async def second_page(
    request: web.Request,
    came: Came,
    to: str,
    kept: list[tuple[str, Any]],
    status: int = 200,
    error: Words | None = None,
    secret: str = "",
) -> web.Response:
    """The page that asks for the second proof, or sets it up."""
    pool = request.app[PLATFORM].pool
    shown: dict[str, Any] = {"next": to, "carried": kept, "error": error}
    if came.needs == "set_up":
        secret = secret or factors.fresh_secret()
        shown |= {
            "secret": secret,
            "code": qr(factors.address_of(secret, await desk.sign_in_of(pool, came.person))),
        }
        return await page(request, "second_set_up.html", status, **shown)
    ask = await passkeys.ask_to_prove(pool, came.cookie, came.person, site(request))
    return await page(request, "second.html", status, ask=ask, **shown)


async def _half_in(request: web.Request) -> Came:
    """Who has given her password; else back to it."""
    platform, cookie = request.app[PLATFORM], kept_cookie(request, SESSION)
    person = await sessions.half_in(platform.pool, cookie) if cookie else None
    if person is None:
        raise web.HTTPSeeOther("/sign-in")
    has = await factors.factors(platform.pool, person)
    return Came(cookie, person, "second" if has else "set_up")


async def form(request: web.Request) -> web.StreamResponse:
    """Again, for who loads the page anew."""
    return await second_page(request, await _half_in(request), "", [])


@reshown
async def prove(request: web.Request) -> web.StreamResponse:
    """Her code or passkey; then she is in."""
    came, posted = await _half_in(request), await request.post()
    to, kept = carried(posted)
    if viewer(request).stale:
        return await second_page(request, came, to, pairs(kept), 422, OUT_OF_DATE)
    if came.needs == "set_up":
        return await _set_up(request, came, to, kept)
    try:
        fresh = await _proved(request, came, posted)
    except TooMany as rests:
        tell("rested", person=came.person, why="second")
        return await second_page(request, came, to, pairs(kept), 429, rests.words)
    except Refused as refused:
        tell("second-proof-failed", person=came.person)
        return await second_page(request, came, to, pairs(kept), 422, refused.words)
    return await let_in(request, fresh, to, kept)


async def _proved(request: web.Request, came: Came, posted: Any) -> str:
    platform = request.app[PLATFORM]
    if answer := str(posted.get("passkey", "")):
        await passkeys.check_proof(platform.pool, came.cookie, came.person, answer, site(request))
        return await coming_in.proved(platform, came.cookie, came.person, "passkey")
    code = str(posted.get("code", ""))[:40]
    return await coming_in.with_code(platform, request.app[KEY], came.cookie, came.person, code)


async def _set_up(
    request: web.Request, came: Came, to: str, kept: dict[str, Any]
) -> web.StreamResponse:
    """Her first factor: kept once a code shows that her phone has it; then recovery codes."""
    platform, posted = request.app[PLATFORM], await request.post()
    secret, code = str(posted.get("secret", ""))[:64], str(posted.get("code", ""))[:12]
    try:
        step = factors.step_of(secret, code)
    except ValueError:  # not a secret of ours
        secret, step = "", None
    if step is None:
        tell("second-proof-failed", person=came.person, why="set-up")
        return await second_page(
            request, came, to, pairs(kept), 422, _NOT_THAT_CODE, secret
        )  # fmt: skip
    await factors.add_totp(platform.pool, request.app[KEY], came.person, secret, step)
    fresh = await coming_in.proved(platform, came.cookie, came.person, "totp")
    codes = await issued(request, came.person, "totp")
    await enter(request, fresh)
    response = await page(request, "recovery_codes.html", codes=codes, to=to, carried=pairs(kept))
    put_cookie(response, request.app, SESSION, fresh)
    return response


async def issued(request: web.Request, person: str, kind: str = "") -> list[str]:
    """Fresh recovery codes, and what is recorded of them and of a new factor."""
    platform = request.app[PLATFORM]
    roles = await platform.views.directory.roles(person)
    by, name = coming_in.acting_of(roles[0]), roles[0]["name"]
    if kind:
        await note(platform.log, FactorAdded, by, person, name, kind=kind)
    codes = await factors.issue_codes(platform.pool, person)
    await note(platform.log, RecoveryCodesIssued, by, person, name, many=len(codes))
    return codes


ROUTES = [web.get("/sign-in/second", form), web.post("/sign-in/second", prove)]
