"""The association's members: who they are, admitted by credit code, and what is public of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.credit_code import fault, tidy
from events.event import PartyRef
from events.terms import DIRECTIVES
from events.words import Words
from portals.asking import page_number, record_id
from portals.association.home import HOME
from portals.association.shown import member_pledge
from portals.forms import typed
from portals.pages import viewer
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services.actions.enforcement import STATES
from services.actions.parties import AdmitMember, MemberLeaves, admit_member, member_leaves
from services.actions.refused import NotFound

Row = dict[str, Any]
LIST = f"{HOME}/members"
CRUMBS = [(HOME, Words("工作台", "Desk")), (LIST, Words("会员", "Members"))]
CODE = "credit_code"
#: Fewer complaints than this are not counted out loud: they say nothing about a business (R50).
FEW = 5


async def members(request: web.Request) -> web.StreamResponse:
    directory = request.app[PLATFORM].views.directory
    rows = await directory.members(acting(request).party.id, page_number(request))
    rows = replace(rows, rows=[{**r, "url": f"{LIST}/{r['enterprise']}"} for r in rows.rows])
    title = Words("会员", "Members")
    return await page(request, "association/members.html", title=title, rows=rows)


async def the_member(request: web.Request) -> Row:
    """The enterprise in the address, where it is or was a member; else 404."""
    directory, id = request.app[PLATFORM].views.directory, record_id(request)
    for row in await directory.memberships_of(id):
        if row["association"] == acting(request).party.id:
            return {**(await directory.party(id) or {}), **row}
    raise NotFound(Words("没有找到这家会员", "There is no such member"))


def ref(member: Row) -> PartyRef:
    return PartyRef(id=member["enterprise"], name=member["enterprise_name"], kind="enterprise")


async def member(request: web.Request) -> web.StreamResponse:
    """A member: its pledges here, and what is public about it."""
    row, views = await the_member(request), request.app[PLATFORM].views
    id, me = row["enterprise"], acting(request).party.id
    signed = await views.pledges.of_enterprise(id, page_number(request), me, me=me)
    followups = await views.followups.of_enterprise(id, me=me)
    states = await views.followups.states_on(id, me=me)
    complaints = sum((await views.complaints.states_about(id, me=me)).values())
    return await page(
        request,
        "association/member.html",
        title=Words(row["enterprise_name"], row["enterprise_name"]),
        breadcrumbs=CRUMBS,
        row=row,
        here_url=f"{LIST}/{id}",
        signed=replace(signed, rows=[member_pledge(each) for each in signed.rows]),
        followups=[_public(each) for each in followups.rows],
        open_followups=sum(states.values()) - states.get("closed", 0),
        closed_followups=states.get("closed", 0),
        complaints=complaints if complaints >= FEW else None,
        few=FEW,
    )


def _public(row: Row) -> Row:
    """A follow-up as others may see it: which directive, how it stands; not what it is about."""
    directive = DIRECTIVES[row["directive"]] if row["directive"] else None
    return {**row, "directive": directive, "state": STATES[row["state"]]}


async def admit_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Admit a member by its credit code; the code's own errors stand at the code."""
    context = form_page(AdmitMember, state, leave_out=("enterprise",), dated=True)
    wrong = _at_code(state)
    form = context["form"]
    errors = [(CODE if words == wrong else anchor, words) for anchor, words in form.errors]
    return await page(
        request,
        "association/admit.html",
        title=context["title"],
        breadcrumbs=CRUMBS,
        form=replace(form, errors=errors),
        code=state.values.get(CODE, "") if state else "",
        code_error=wrong,
    )


def _at_code(state: FormState | None) -> Words | None:
    return (state.errors.get(CODE) or state.errors.get("enterprise")) if state else None


@reshown
async def admit(request: web.Request) -> web.StreamResponse:
    posted = typed(await request.post())
    code = tidy(str(posted.get(CODE, "")))
    row = await request.app[PLATFORM].views.directory.by_credit_code(code)
    if row is None:
        viewer(request).status = 422
        words = (fault(code) if code else _GIVE_CODE) or _UNKNOWN.fill(code=code)
        return await admit_form(request, FormState(posted, {CODE: words}))
    enterprise = PartyRef(id=row["id"], name=row["name"], kind="enterprise")
    return await act(
        request, admit_member, AdmitMember, f"{LIST}/{enterprise.id}", again=admit_form,
        party=acting(request).party.id, enterprise=enterprise,
    )  # fmt: skip


async def leave_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await the_member(request)
    here = (f"{LIST}/{row['enterprise']}", Words(row["enterprise_name"], row["enterprise_name"]))
    form = form_page(MemberLeaves, state, leave_out=("enterprise",), dated=True)
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **form)


@reshown
async def leave(request: web.Request) -> web.StreamResponse:
    row = await the_member(request)
    return await act(
        request, member_leaves, MemberLeaves, LIST, again=leave_form,
        party=acting(request).party.id, enterprise=ref(row),
    )  # fmt: skip


_GIVE_CODE = Words("请填写企业的统一社会信用代码", "Give the enterprise's credit code")
_UNKNOWN = Words(
    "平台上没有统一社会信用代码为 {code} 的企业。请核对代码，或者请平台管理员先登记这家企业。",
    "No enterprise here has the code {code}. Check it, or ask the administrator to enter it first.",
)

ROUTES = [
    web.get(LIST, staff(members, "association")),
    web.get(LIST + "/admit", staff(admit_form, "association")),
    web.post(LIST + "/admit", staff(admit, "association")),
    web.get(LIST + "/{id}", staff(member, "association")),
    web.get(LIST + "/{id}/leave", staff(leave_form, "association")),
    web.post(LIST + "/{id}/leave", staff(leave, "association")),
]
