"""Invitations: made, renewed and revoked by who looks after a party's people."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from aiohttp import web

from events.event import today
from events.terms import ROLES
from events.words import Words, both
from portals.admin.doors import PARTIES, Row, administrators, my_party, ref, sees_all
from portals.asking import found, record_id
from portals.forms import typed
from portals.pages import viewer
from portals.qr import qr
from portals.second import site
from portals.web import (
    OUT_OF_DATE,
    PLATFORM,
    FormErrors,
    FormState,
    act,
    acting,
    form_page,
    page,
    read,
    reshown,
)
from services import access, inviting
from services.actions import invitations as i
from services.actions import people as p
from services.actions.erasure import STANDING
from services.actions.refused import NotFound

LIST = "/admin/invitations"


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Whom, and in which role."""
    row = await my_party(request)
    title = Words(f"为“{row['name']}”邀请人员", f"Invite somebody for {row['name']}")
    made = form_page(
        i.InvitePerson, state, title=title, options={"role": p.roles_for(row["kind"])}, intro=_INTRO
    )
    return await page(request, "form.html", breadcrumbs=_crumbs(row), **made)


@reshown
async def invite(request: web.Request) -> web.StreamResponse:
    """The code is shown on this answer and never again."""
    row = await my_party(request)
    if viewer(request).stale:
        viewer(request).status = 422
        kept = typed(await request.post())
        return await form(request, FormState(values=kept, notice=OUT_OF_DATE))
    try:
        command = await read(request, i.InvitePerson, party=ref(row))
    except FormErrors as wrong:
        viewer(request).status = 422
        return await form(request, FormState(values=wrong.values, errors=wrong.errors))
    await request.app[PLATFORM].perform(i.invite_person, command)
    return await _told(request, row, command.invitation, command.name)


async def _told(
    request: web.Request, party: Row, invitation: UUID, name: object
) -> web.StreamResponse:
    """Link, code and QR code, to be handed over."""
    code = await inviting.fresh_code(request.app[PLATFORM].pool, invitation)
    link = f"{site(request).origin}/invitation?code={code}"
    return await page(
        request, "admin/invited.html", title=Words("邀请已发出", "The invitation is ready"),
        breadcrumbs=_crumbs(party), name=name, link=link, picture=qr(link), days=i.DAYS,
    )  # fmt: skip


async def the_invitation(request: web.Request) -> Row:
    """The invitation the address names, where it is the viewer's to look after; else 404."""
    row = found(await request.app[PLATFORM].views.directory.invitation(record_id(request)))
    by = acting(request)
    if not sees_all(by) and row["party"] != by.party.id:
        raise NotFound(Words("没有找到这个邀请", "There is no such invitation"))
    return row


async def one(request: web.Request) -> web.StreamResponse:
    """Whom, for what, until when, and what can be done."""
    row = await the_invitation(request)
    return await page(
        request, "admin/invitation.html", title=Words("邀请", "Invitation"), row=row,
        breadcrumbs=crumbs_to(row), standing=STANDING[row["personal"]] if row["personal"] else None,
        state=i.STATES[row["state"]], role=ROLES[row["role"]], as_at=today(), days=i.DAYS,
        may_act=access.may(acting(request), "RenewInvitation"),
    )  # fmt: skip


async def renew(request: web.Request) -> web.StreamResponse:
    """Another code; the former works no more."""
    row, by = await the_invitation(request), acting(request)
    command = i.RenewInvitation(by=by, invitation=row["id"])
    await request.app[PLATFORM].perform(i.renew_invitation, command)
    party: dict[str, Any] = {"id": row["party"], "name": row["party_name"]}
    return await _told(request, party, row["id"], row["name"])


async def revoke_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await the_invitation(request)
    made = form_page(i.RevokeInvitation, state)
    return await page(request, "form.html", breadcrumbs=crumbs_to(row), **made)


@reshown
async def revoke(request: web.Request) -> web.StreamResponse:
    id = (await the_invitation(request))["id"]
    action = partial(inviting.revoke, request.app[PLATFORM].pool)
    return await act(
        request, action, i.RevokeInvitation, f"{LIST}/{id}", again=revoke_form,
        invitation=id,
    )  # fmt: skip


def crumbs_to(row: Row) -> list[tuple[str, Words]]:
    """The way to one invitation."""
    return _crumbs({"id": row["party"], "name": row["party_name"]})


def _crumbs(party: Row) -> list[tuple[str, Words]]:
    return [*PARTIES, (f"/admin/parties/{party['id']}", both(party["name"]))]


_INTRO = Words(
    "提交后得到一个邀请码，只能用一次，14 天内有效。请通过可靠的方式交给本人，"
    "由她自己设置登录名和密码。",
    "You get a code that works once, for 14 days. Hand it to her in a way you trust; she chooses "
    "her own sign-in name and password.",
)
ROUTES = [
    web.get("/admin/parties/{id}/invite", administrators(form)),
    web.post("/admin/parties/{id}/invite", administrators(invite)),
    web.get(LIST + "/{id}", administrators(one)),
    web.post(LIST + "/{id}/renew", administrators(renew)),
    web.get(LIST + "/{id}/revoke", administrators(revoke_form)),
    web.post(LIST + "/{id}/revoke", administrators(revoke)),
]
