"""Signing a pledge for several members at once: each is its own command with its own result."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import PartyRef
from events.words import Words
from portals.asking import page_number
from portals.association.pledges import LIST, crumbs, the_pledge
from portals.forms import typed
from portals.pages import viewer
from portals.web import (
    OUT_OF_DATE,
    PLATFORM,
    FormErrors,
    FormState,
    acting,
    form_page,
    page,
    read,
    reshown,
    staff,
)
from services.actions.member_pledges import SignPledge, sign_pledge
from services.actions.refused import Refused

Row = dict[str, Any]
_TITLE = Words("为会员签署", "Sign for members")
_CHOOSE = Words("请至少选择一家会员", "Choose at least one member")
_DONE = Words("已签署", "signed")
_NOBODY = Words(
    "平台上没有这家企业，没有签署。请从会员名单中选择。",
    "There is no such enterprise here; nothing was signed. Choose from the members.",
)


async def sign_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The present members, those that have signed already marked."""
    row, views = await the_pledge(request), request.app[PLATFORM].views
    members = await views.directory.members(acting(request).party.id, page_number(request))
    ids = [each["enterprise"] for each in members.rows]
    form = form_page(SignPledge, state, title=_TITLE, button=Words("签署", "Sign"))["form"]
    return await page(
        request,
        "association/sign.html",
        title=_TITLE,
        breadcrumbs=crumbs(row),
        form=form,
        row=row,
        members=members,
        have_signed=await views.pledges.signed_by(str(row["id"]), ids),
        chosen=_chosen(state.values) if state else [],
        error=state.errors.get("enterprise") if state else None,
    )


@reshown
async def sign(request: web.Request) -> web.StreamResponse:
    """Sign for each that was chosen; the page says what came of each."""
    row, posted = await the_pledge(request), typed(await request.post())
    chosen = _chosen(posted)
    if viewer(request).stale or not chosen:
        viewer(request).status = 422
        errors = {} if chosen else {"enterprise": _CHOOSE}
        notice = OUT_OF_DATE if viewer(request).stale else None
        return await sign_form(request, FormState(posted, errors, notice=notice))
    results = [await _sign_one(request, row, id) for id in chosen]
    return await page(
        request,
        "association/sign_done.html",
        title=Words("签署结果", "What was signed"),
        breadcrumbs=crumbs(row),
        row=row,
        results=results,
        done=sum(1 for each in results if each["done"]),
        back=f"{LIST}/{row['id']}?at={max(each['at'] for each in results)}",
    )


async def _sign_one(request: web.Request, row: Row, id: str) -> Row:
    platform = request.app[PLATFORM]
    party = await platform.views.directory.ref(id)
    if party is None or party.kind != "enterprise":
        return {"name": id, "done": False, "said": _NOBODY, "at": 0}
    try:
        command = await _command(request, row, party)
        done = await platform.perform(sign_pledge, command)
    except Refused as refused:
        return {"name": party.name, "done": False, "said": refused.words, "at": 0}
    return {"name": party.name, "done": True, "said": _DONE, "at": done.last}


async def _command(request: web.Request, row: Row, member: PartyRef) -> SignPledge:
    """One member's signature; its own key, so that sending twice signs once."""
    key = f"{(await request.post()).get('key', '')}:{member.id}"[:100]
    try:
        return await read(request, SignPledge, pledge=row["id"], enterprise=member, key=key)
    except FormErrors as wrong:
        raise Refused(next(iter(wrong.errors.values()))) from None


def _chosen(values: Row) -> list[str]:
    given = values.get("enterprise", [])
    return [given] if isinstance(given, str) else list(dict.fromkeys(given))


ROUTES = [
    web.get(LIST + "/{id}/sign", staff(sign_form, "association")),
    web.post(LIST + "/{id}/sign", staff(sign, "association")),
]
