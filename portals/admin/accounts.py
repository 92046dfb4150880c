"""Accounts: a name that is locked, a second factor that is lost, an administrator's password."""

from __future__ import annotations

from functools import partial
from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.admin.doors import PEOPLE, administrators, the_person
from portals.web import PLATFORM, FormState, act, form_page, page, reshown
from services import accounts
from services.actions import people as p
from services.actions.command import Command
from services.actions.refused import NotFound

_KINDS: dict[str, type[Command]] = {
    "unlock": p.UnlockSignIn,
    "ask-password": p.AskPasswordReset,
    "factors": p.ResetFactors,
}
_INTRO = {
    "unlock": Words(
        "请先核实是本人忘了密码，而不是别人在猜。",
        "Be sure that she forgot it, and nobody guesses.",
    ),
    "ask-password": Words(
        "您提出请求后，由另一个人为她设定新密码。", "After you asked, somebody else sets it."
    ),
    "factors": Words(
        "她会在所有设备上退出登录，下次登录时重新设置。请当面或者打电话核实本人。",
        "She is signed out everywhere and sets up a new one. Make sure that it is she.",
    ),
}


def _slug(request: web.Request) -> str:
    slug = request.match_info["act"]
    if slug not in _KINDS:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return slug


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    row, slug = await the_person(request), _slug(request)
    made = form_page(_KINDS[slug], state, intro=_INTRO[slug])
    crumbs = [*PEOPLE, (f"/admin/people/{row['id']}", both(row["name"]))]
    return await page(request, "form.html", breadcrumbs=crumbs, **made)


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    id, slug, pool = (await the_person(request))["id"], _slug(request), request.app[PLATFORM].pool
    actions: dict[str, Any] = {
        "unlock": partial(accounts.unlock, pool),
        "ask-password": p.ask_password_reset,
        "factors": partial(accounts.reset_factors, pool),
    }
    there = f"/admin/people/{id}"
    return await act(request, actions[slug], _KINDS[slug], there, again=form, person=id)


ROUTES = [
    web.get("/admin/people/{id}/account/{act}", administrators(form)),
    web.post("/admin/people/{id}/account/{act}", administrators(do)),
]
