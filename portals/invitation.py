"""Coming with an invitation: a code, then her own sign-in name and password, or her own account."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.terms import ROLES
from events.words import Words
from portals.address import client_address
from portals.forms import FormErrors, FormState, build, form_page, typed
from portals.pages import PLATFORM, page, viewer
from portals.people import consumer
from portals.web import OUT_OF_DATE, forward, reshown
from services import accounts, inviting
from services.actions.invitations import Invitation
from services.actions.people import EnrolPerson
from services.actions.refused import Refused
from services.tries import count_try

HERE = "/invitation"
#: Codes that are tried from one address within a quarter of an hour.
MOST = 30
_RESTS = Words(
    "试得太多了，请 {minutes} 分钟后再试。", "Too many tries; come again in {minutes} minutes."
)


_NO_CODE = Words(
    "请填写邀请码，或者直接打开收到的链接。", "Give the code, or open the link you were given."
)


async def show(request: web.Request) -> web.StreamResponse:
    """Asks for the code, or says what it is for."""
    code = request.query.get("code", "").replace("\0", "")[:100]
    return await _page(request, code)


async def _page(
    request: web.Request,
    code: str,
    state: FormState | None = None,
    fault: Words | None = None,
    refused: Words | None = None,
) -> web.StreamResponse:
    invitation = None
    if code:
        try:
            invitation = await _found(request, code)
        except Refused as wrong:
            refused = wrong.words
    status = 422 if refused or fault or (state and (state.errors or state.refused)) else 200
    made: dict[str, Any] = form_page(EnrolPerson, state, leave_out=("role",), action=HERE)
    return await page(
        request, "invitation.html", status, code=code, invitation=invitation, refused=refused,
        role=ROLES[invitation.role] if invitation else None, password_error=fault,
        least=accounts.LEAST, **{**made, "title": Words("接受邀请", "Accept an invitation")},
    )  # fmt: skip


async def _found(request: web.Request, code: str) -> Invitation:
    platform, where = request.app[PLATFORM], f"invitation from {client_address(request)}"
    await count_try(platform.pool, where, MOST, _RESTS)
    return await inviting.found(platform, code)


@reshown
async def come(request: web.Request) -> web.StreamResponse:
    """She is entered; then she signs in, which sets up her second proof."""
    posted, platform = await request.post(), request.app[PLATFORM]
    code = str(posted.get("code", "")).replace("\0", "")[:100]
    values = typed(posted)
    if not code:
        return await _page(request, "", refused=_NO_CODE)
    if viewer(request).stale:
        return await _page(request, code, FormState(values=values, notice=OUT_OF_DATE))
    invitation = await _found(request, code)
    password, fault = str(posted.get("password", "")), None
    try:
        command = build(EnrolPerson, posted, consumer(request), {"party": None, "role": ""})
    except FormErrors as wrong:
        fault = accounts.password_fault(password)
        return await _page(request, code, FormState(values=values, errors=wrong.errors), fault)
    if fault := accounts.password_fault(password, command.sign_in, command.name):
        return await _page(request, code, FormState(values=values), fault)
    try:
        await inviting.come(platform, invitation, command.name, command.sign_in, password)
    except Refused as refused:
        errors = {refused.field: refused.words} if refused.field else {}
        said = None if refused.field else refused.words
        return await _page(request, code, FormState(values=values, errors=errors, refused=said))
    return forward("/sign-in")


async def take(request: web.Request) -> web.StreamResponse:
    """Who is signed in takes the role with the account she has."""
    code = str((await request.post()).get("code", "")).replace("\0", "")[:100]
    who = viewer(request)
    if not who.person:
        raise web.HTTPSeeOther("/sign-in")
    await inviting.take(request.app[PLATFORM], await _found(request, code), who.person)
    return forward("/switch")


ROUTES = [web.get(HERE, show), web.post(HERE, come), web.post(HERE + "/take", take)]
