"""Coming with an invitation: a code, then her own sign-in name and a password, the account she has
at her organisation's provider, or the one she has here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from events.terms import ROLES
from events.words import Words
from portals.address import client_address
from portals.forms import FormErrors, FormState, build, form_page, typed
from portals.pages import PLATFORM, page, viewer
from portals.people import consumer
from portals.provider import came_in, keep, sent
from portals.web import OUT_OF_DATE, forward, reshown
from services import accounts, identities, inviting
from services.actions.invitations import Invitation
from services.actions.people import EnrolPerson
from services.actions.refused import AlreadyDecided, Refused
from services.oidc import Asked, Identity
from services.tries import count_try

HERE = "/invitation"
_TITLE = Words("接受邀请", "Accept an invitation")
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
    invitation = provider = None
    if code:
        try:
            invitation = await _found(request, code)
        except Refused as wrong:
            refused = wrong.words
    if invitation and invitation.party:
        pool = request.app[PLATFORM].pool
        provider = await identities.known_provider(pool, invitation.party.id)
    status = 422 if refused or fault or (state and (state.errors or state.refused)) else 200
    made: dict[str, Any] = form_page(EnrolPerson, state, leave_out=("role",), action=HERE)
    host = urlsplit(provider.issuer).netloc if provider else ""
    return await page(
        request, "invitation.html", status, code=code, invitation=invitation, refused=refused,
        role=ROLES[invitation.role] if invitation else None, password_error=fault, provider=host,
        least=accounts.LEAST, **{**made, "title": _TITLE},
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


@reshown
async def go(request: web.Request) -> web.StreamResponse:
    """Off to the party's provider, with the name she chose; no password is asked for."""
    posted = await request.post()
    code, values = str(posted.get("code", "")).replace("\0", "")[:100], typed(posted)
    if not code:
        return await _page(request, "", refused=_NO_CODE)
    if viewer(request).stale:
        return await _page(request, code, FormState(values=values, notice=OUT_OF_DATE))
    invitation = await _found(request, code)
    try:
        command = build(EnrolPerson, posted, consumer(request), {"party": None, "role": ""})
    except FormErrors as wrong:
        return await _page(request, code, FormState(values=values, errors=wrong.errors))
    assert invitation.party is not None
    asked = Asked.fresh(
        invitation.party.id, invitation=code, name=command.name, sign_in=command.sign_in
    )
    try:
        to, cookie = await sent(request, asked)
    except Refused as refused:
        return await _page(request, code, FormState(values=values), refused=refused.words)
    # A form may lead nowhere else (form-action): from a page of ours a link does.
    response = await page(request, "invitation_away.html", title=_TITLE, to=to)
    keep(request, response, cookie)
    return response


async def come_back(request: web.Request, asked: Asked, identity: Identity) -> web.StreamResponse:
    """From the provider: she is entered, and in; or the page is shown again with what she typed."""
    platform = request.app[PLATFORM]
    try:
        invitation = await _found(request, asked.invitation)
        if invitation.party is None or invitation.party.id != asked.party:
            raise AlreadyDecided(_NO_CODE)
        person = await inviting.come_with(platform, invitation, asked.name, asked.sign_in, identity)
    except Refused as refused:
        return await again(request, asked, refused)
    if not await platform.seen(await platform.log.size()):
        return forward("/sign-in/with")  # the directory is late; her account is there
    return await came_in(request, person, "")


async def again(request: web.Request, asked: Asked, refused: Refused) -> web.StreamResponse:
    """The page with what she typed, and what was wrong."""
    errors = {refused.field: refused.words} if refused.field else {}
    said = None if refused.field else refused.words
    state = FormState(values={"name": asked.name, "sign_in": asked.sign_in}, errors=errors)
    return await _page(request, asked.invitation, state, refused=said)


async def take(request: web.Request) -> web.StreamResponse:
    """Who is signed in takes the role with the account she has."""
    code = str((await request.post()).get("code", "")).replace("\0", "")[:100]
    who = viewer(request)
    if not who.person:
        raise web.HTTPSeeOther("/sign-in")
    await inviting.take(request.app[PLATFORM], await _found(request, code), who.person)
    return forward("/switch")


ROUTES = [
    web.get(HERE, show),
    web.post(HERE, come),
    web.post(HERE + "/with", go),
    web.post(HERE + "/take", take),
]
