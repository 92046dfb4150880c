"""Her account: password, second proofs, recovery codes, and where she is signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from aiohttp import web

from events.accounts import FactorAdded, FactorRemoved, OwnPasswordReplaced, SessionEnded
from events.parties import PersonEvent
from events.terms import FACTORS, ROLES, SIGN_IN_WAYS
from events.words import Words
from portals.asking import record_id
from portals.pages import KEY, viewer
from portals.people import SESSION, acting, put_cookie, staff
from portals.qr import qr
from portals.second import issued, site
from portals.web import PLATFORM, SETTINGS, forward, page
from services import accounts, coming_in, desk, factors, identities, passkeys, sessions
from services.account_log import note
from services.actions.refused import Refused

HERE = "/account"
_TITLE = Words("我的账号", "My account")
CRUMBS = [(HERE, _TITLE)]


async def show(request: web.Request) -> web.StreamResponse:
    """Everything about signing in, and what she can do about it."""
    who, pool = viewer(request), request.app[PLATFORM].pool
    return await page(
        request,
        "account.html",
        title=_TITLE,
        sign_in=await desk.sign_in_of(pool, who.person),
        held=[{**row, "role": ROLES[row["role"]]} for row in who.roles],
        factors=await factors.factors(pool, who.person),
        kinds=FACTORS,
        codes=await factors.codes_left(pool, who.person),
        listed=await sessions.sessions_of(pool, who.person, who.session),
        ways=SIGN_IN_WAYS,
        provider=await identities.known_provider(pool, acting(request).party.id),
        linked=await identities.issuers_of(pool, who.person),
        system_of=system_of,
        said=_DONE.get(request.query.get("said", "")),
    )


def system_of(agent: str) -> Words:
    """Browser and system in a word each, as she knows them."""
    browser = next((b for b in ("Edg", "Firefox", "Chrome", "Safari") if b in agent), "")
    system = next((s for s in _SYSTEMS if s in agent), "")
    name = f"{browser.replace('Edg', 'Edge')} · {_SYSTEMS.get(system, '')}".strip(" ·")
    return Words(name or "未知的浏览器", name or "unknown browser")


_SYSTEMS = {
    "Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad",
    "Mac OS X": "macOS", "HarmonyOS": "HarmonyOS", "Linux": "Linux",
}  # fmt: skip


async def _note(request: web.Request, kind: type[PersonEvent], /, **fields: Any) -> None:
    by, who = acting(request), viewer(request)
    await note(request.app[PLATFORM].log, kind, by, who.person, by.name, **fields)


def _back(said: str) -> web.Response:
    return forward(f"{HERE}?said={said}")


# -- password ----------------------------------------------------------------------------


async def password_form(
    request: web.Request, errors: dict[str, Words] | None = None
) -> web.StreamResponse:
    has = await desk.has_password(request.app[PLATFORM].pool, viewer(request).person)
    title = Words("更换密码", "Change your password") if has else Words("设密码", "Set a password")
    return await page(
        request, "account_password.html", 422 if errors else 200, breadcrumbs=CRUMBS,
        title=title, errors=errors or {}, least=accounts.LEAST, has=has,
    )  # fmt: skip


async def change_password(request: web.Request) -> web.StreamResponse:
    """The present one, if she has one, proves that it is she; every other session ends."""
    who, pool, posted = viewer(request), request.app[PLATFORM].pool, await request.post()
    fresh, errors = str(posted.get("password", "")), {}
    name = await desk.sign_in_of(pool, who.person)
    has, present = (
        await desk.has_password(pool, who.person),
        str(posted.get("present_password", "")),
    )
    if has and not await desk.is_password(pool, who.person, present):
        errors["present_password"] = _NOT_PRESENT
    if fault := accounts.password_fault(fresh, name, acting(request).name):
        errors["password"] = fault
    if errors:
        return await password_form(request, errors)
    way = "password"
    await desk.set_password(pool, who.person, name, fresh)
    await _note(request, OwnPasswordReplaced)
    cookie = await sessions.open_session(
        pool, who.person, way=way, agent=request.headers.get("User-Agent", "")
    )
    response = _back("password")
    put_cookie(response, request.app, SESSION, cookie)
    return response


# -- second proofs -----------------------------------------------------------------------


async def totp_form(
    request: web.Request, secret: str = "", error: Words | None = None
) -> web.StreamResponse:
    pool, who = request.app[PLATFORM].pool, viewer(request)
    secret = secret or factors.fresh_secret()
    code = qr(factors.address_of(secret, await desk.sign_in_of(pool, who.person)))
    return await page(
        request, "second_set_up.html", 422 if error else 200, breadcrumbs=CRUMBS, secret=secret,
        code=code, next="", carried=[], error=error, action=f"{HERE}/totp",
    )  # fmt: skip


async def add_totp(request: web.Request) -> web.StreamResponse:
    """Kept once a code shows that her phone has it."""
    posted, who = await request.post(), viewer(request)
    secret = str(posted.get("secret", ""))[:64]
    try:
        step = factors.step_of(secret, str(posted.get("code", ""))[:12])
    except ValueError:
        secret, step = "", None
    if step is None:
        return await totp_form(request, secret, _NOT_THAT_CODE)
    pool = request.app[PLATFORM].pool
    await factors.add_totp(pool, request.app[KEY], who.person, secret, step)
    if await factors.codes_left(pool, who.person):
        await _note(request, FactorAdded, kind="totp")
        return _back("added")
    codes = await issued(request, who.person, "totp")
    return await page(request, "recovery_codes.html", codes=codes, to=HERE, carried=[])


async def passkey_form(request: web.Request, error: Words | None = None) -> web.StreamResponse:
    pool, who = request.app[PLATFORM].pool, viewer(request)
    name = await desk.sign_in_of(pool, who.person)
    ask = await passkeys.ask_to_make(pool, who.session, who.person, name, site(request))
    return await page(
        request, "account_passkey.html", 422 if error else 200, breadcrumbs=CRUMBS,
        title=Words("添加通行密钥", "Add a passkey"), ask=ask, error=error,
    )  # fmt: skip


async def add_passkey(request: web.Request) -> web.StreamResponse:
    posted, who = await request.post(), viewer(request)
    pool, label = request.app[PLATFORM].pool, str(posted.get("label", "")).strip()[:50]
    answer = str(posted.get("passkey", ""))
    try:
        await passkeys.keep_made(pool, who.session, who.person, label, answer, site(request))
    except Refused as refused:
        return await passkey_form(request, refused.words)
    if await factors.codes_left(pool, who.person):
        await _note(request, FactorAdded, kind="passkey", label=label)
        return _back("added")
    codes = await issued(request, who.person, "passkey")
    return await page(request, "recovery_codes.html", codes=codes, to=HERE, carried=[])


async def remove_factor(request: web.Request) -> web.StreamResponse:
    """Take one away; not the last one of somebody who must have one."""
    who, pool, id = viewer(request), request.app[PLATFORM].pool, UUID(record_id(request))
    hers = await factors.factors(pool, who.person)
    factor = next((each for each in hers if each.id == id), None)
    if factor is None:
        return _back("removed")
    must = request.app[SETTINGS].second_factor == "required"
    if len(hers) == 1 and must and coming_in.must_prove_twice(who.roles):
        raise Refused(_LAST_ONE)
    await factors.remove(pool, who.person, id)
    await _note(request, FactorRemoved, kind=factor.kind, label=factor.label)
    return _back("removed")


async def codes(request: web.Request) -> web.StreamResponse:
    """Fresh recovery codes; older ones no longer count."""
    fresh = await issued(request, viewer(request).person)
    return await page(request, "recovery_codes.html", codes=fresh, to=HERE, carried=[])


# -- sessions ----------------------------------------------------------------------------


async def end_session(request: web.Request) -> web.StreamResponse:
    """End one of her sessions elsewhere."""
    who, pool = viewer(request), request.app[PLATFORM].pool
    if await sessions.end_one(pool, who.person, UUID(record_id(request))):
        await _note(request, SessionEnded, why="ended")
    return _back("ended")


async def end_others(request: web.Request) -> web.StreamResponse:
    """End all but the one she looks from."""
    who, pool = viewer(request), request.app[PLATFORM].pool
    for _ in range(await sessions.end_others(pool, who.person, who.session)):
        await _note(request, SessionEnded, why="ended")
    return _back("ended")


_NOT_PRESENT = Words("现在的密码不对", "This is not your present password")
_NOT_THAT_CODE = Words(
    "验证码不对。请核对手机时间是否准确，再输入现在显示的 6 位数字。",
    "The code is wrong. Check that your phone's clock is right, and type the 6 digits shown now.",
)
_LAST_ONE = Words(
    "这是您唯一的第二重验证，您的职务要求至少有一个。请先添加另一个，再移除它。",
    "This is your only second factor, and your role requires one. Add another before removing it.",
)
_DONE = {
    "password": Words("密码已更换，其他登录已结束", "Password changed; signed out elsewhere"),
    "added": Words("已添加", "Added"),
    "removed": Words("已移除", "Removed"),
    "ended": Words("已结束", "Ended"),
}
ROUTES = [
    web.get(HERE, staff(show)),
    web.get(HERE + "/password", staff(password_form)),
    web.post(HERE + "/password", staff(change_password)),
    web.get(HERE + "/totp", staff(totp_form)),
    web.post(HERE + "/totp", staff(add_totp)),
    web.get(HERE + "/passkey", staff(passkey_form)),
    web.post(HERE + "/passkey", staff(add_passkey)),
    web.post(HERE + "/factors/{id}/remove", staff(remove_factor)),
    web.post(HERE + "/codes", staff(codes)),
    web.post(HERE + "/sessions/{id}/end", staff(end_session)),
    web.post(HERE + "/sessions/end", staff(end_others)),
]
