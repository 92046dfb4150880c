"""The desk for serious risks: which regulator it is, and naming another."""

from __future__ import annotations

from aiohttp import web

from events.words import Words
from portals.admin.doors import HOME, operators
from portals.bodies import choice, chosen, regulators
from portals.forms import typed
from portals.web import PLATFORM, FormState, act, form_page, page, reshown
from services.actions.risk_desk import NameRiskDesk, name_risk_desk

PATH = "/admin/risk-desk"


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The unit that has a part in every case of serious or high risk."""
    now = await request.app[PLATFORM].views.notices.risk_desk()
    about = _NOW.fill(party=now) if now else _NOBODY
    options = {"party": choice(await regulators(request))}
    asked = form_page(NameRiskDesk, state, intro=about, options=options)
    return await page(request, "form.html", breadcrumbs=HOME, **asked)


@reshown
async def name(request: web.Request) -> web.StreamResponse:
    """Name it; cases that become grave later reach it."""
    posted = typed(await request.post())
    party = chosen(await regulators(request), posted.get("party"))
    known = {"party": party} if party else {}
    return await act(request, name_risk_desk, NameRiskDesk, PATH, again=form, **known)


_NOW = Words(
    "现在是{party}。风险等级定为严重或者高的跟进，它自动作为参与方加入。",
    "It is {party} now. It has a part in every follow-up whose risk becomes serious or high.",
)
_NOBODY = Words(
    "还没有指定。指定后，风险等级定为严重或者高的跟进会自动加入该单位。",
    "None is named yet. Once it is, it has a part in every follow-up of serious or high risk.",
)

ROUTES = [web.get(PATH, operators(form, "system")), web.post(PATH, operators(name, "system"))]
