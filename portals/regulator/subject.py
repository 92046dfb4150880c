"""On whom a follow-up is opened: the enterprise in the address, or the one with the typed code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from aiohttp import web

from events.credit_code import fault, tidy
from events.event import Acting, PartyRef
from events.ids import derived_id
from events.words import Words
from portals.forms import typed
from portals.pages import viewer
from portals.web import PLATFORM, FormErrors, FormState, act, page, read
from services.actions.enforcement import OpenFollowUp, open_follow_up

CODE = "credit_code"
_UNKNOWN = Words(
    "平台上没有统一社会信用代码为 {code} 的企业。请核对代码，或者请管理员先登记这家企业。",
    "No enterprise here has the code {code}. Check it, or ask the administrator to enter it first.",
)


def follow_up_of(complaint: dict[str, Any], by: Acting) -> UUID:
    """The id of what this regulator makes of a complaint: there can be only one."""
    return derived_id(complaint["id"], f"follow-up of {by.party.id}")


async def subject_form(
    request: web.Request,
    context: dict[str, Any],
    state: FormState | None,
    breadcrumbs: list[tuple[str, Words]],
    *,
    known: str,
    hint: str = "",
) -> web.StreamResponse:
    """The form to open a follow-up; asks for the code where the enterprise is not known."""
    wrong = state.errors.get(CODE) if state else None
    form = context["form"]
    errors = [(CODE if words == wrong else anchor, words) for anchor, words in form.errors]
    return await page(
        request,
        "regulator/open.html",
        title=context["title"],
        breadcrumbs=breadcrumbs,
        form=replace(form, errors=errors),
        enterprise=await _by_id(request, known),
        hint=hint,
        code=state.values.get(CODE, "") if state else "",
        code_error=wrong,
    )


async def by_subject(
    request: web.Request, again: Any, *, known: str, **fields: Any
) -> web.StreamResponse:
    """Open it on the enterprise, or show the form again with everything that is wrong."""
    posted = typed(await request.post())
    code = tidy(str(posted.get(CODE, "")))
    enterprise = await _by_id(request, known) or await _by_code(request, code)
    if enterprise is None:
        errors = {CODE: fault(code) or _UNKNOWN.fill(code=code), **await _others(request, fields)}
        viewer(request).status = 422
        shown: web.StreamResponse = await again(request, FormState(posted, errors))
        return shown
    return await act(
        request,
        open_follow_up,
        OpenFollowUp,
        lambda _, command: f"/regulator/followups/{command.follow_up}",
        again=again,
        enterprise=enterprise,
        **fields,
    )


async def _others(request: web.Request, fields: dict[str, Any]) -> dict[str, Words]:
    """What else is wrong with the form, so that everything is said at once."""
    nobody = PartyRef(id="", name="", kind="enterprise")
    try:
        await read(request, OpenFollowUp, enterprise=nobody, **fields)
    except FormErrors as wrong:
        return wrong.errors
    return {}


async def _by_id(request: web.Request, id: str) -> PartyRef | None:
    row = await request.app[PLATFORM].views.directory.party(id) if id else None
    return _enterprise(row)


async def _by_code(request: web.Request, code: str) -> PartyRef | None:
    row = await request.app[PLATFORM].views.directory.coded(code) if code else None
    return _enterprise(row)


def _enterprise(row: dict[str, Any] | None) -> PartyRef | None:
    if row is None or row["kind"] != "enterprise":
        return None
    return PartyRef(id=str(row["id"]), name=row["name"], kind="enterprise")
