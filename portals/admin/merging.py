"""Merging two units: first what it brings about, then the act."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import PartyRef
from events.words import Words, both
from portals.admin.doors import PARTIES, Row, operators, the_party
from portals.bodies import choice, chosen, councils, regulators
from portals.forms import typed
from portals.pages import viewer
from portals.web import PLATFORM, FormErrors, FormState, act, form_page, page, read, reshown
from services.actions.merging import MERGED_KINDS, MergeUnit, merge_unit
from services.actions.refused import AlreadyDecided, NotFound


async def _unit(request: web.Request) -> Row:
    row = await the_party(request)
    if row["kind"] not in MERGED_KINDS:
        raise NotFound(Words("这类单位不能合并", "Such a party cannot be merged"))
    if row["merged_into"]:
        raise AlreadyDecided(_GONE.fill(unit=row["name"], into=row["merged_into_name"]))
    return row


async def _others(request: web.Request, row: Row) -> list[PartyRef]:
    found = await (regulators if row["kind"] == "regulator" else councils)(request)
    return [one for one in found if one.id != row["id"]]


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Into which unit, and why; nothing happens yet."""
    return await _form(request, await _unit(request), state)


async def _form(
    request: web.Request, row: Row, state: FormState | None, effects: list[Row] | None = None
) -> web.StreamResponse:
    title = Words(f"合并单位：{row['name']}", f"Merge {row['name']}")
    button = MergeUnit.SAYS if effects else Words("先看影响", "See what it brings about")
    made = form_page(
        MergeUnit, state, title=title, button=button, needed=("into",), dated=True,
        options={"into": choice(await _others(request, row))},
    )  # fmt: skip
    crumbs = [*PARTIES, (f"/admin/parties/{row['id']}", both(row["name"]))]
    return await page(request, "admin/merge.html", breadcrumbs=crumbs, effects=effects, **made)


@reshown
async def merge(request: web.Request) -> web.StreamResponse:
    """The list of what it brings about is seen first; sent again from there, it is done."""
    row, posted = await _unit(request), await request.post()
    known: Row = {"party": row["id"]}
    if into := chosen(await _others(request, row), posted.get("into")):
        known["into"] = into
    if into and posted.get("seen_for") != into.id and not viewer(request).stale:
        state = FormState(values=typed(posted))
        try:
            await read(request, MergeUnit, **known)
        except FormErrors as wrong:
            viewer(request).status = 422
            return await _form(request, row, FormState(values=state.values, errors=wrong.errors))
        return await _form(request, row, state, await _effects(request, row, into))
    there = f"/admin/parties/{row['id']}"
    return await act(request, merge_unit, MergeUnit, there, again=form, **known)


async def _effects(request: web.Request, row: Row, into: PartyRef) -> list[Row]:
    """What the merger brings about: how many of what."""
    views, id = request.app[PLATFORM].views, str(row["id"])
    people = await views.directory.staff_and_others(id)
    asked = await views.complaints.offered_at(id) + await views.followups.offered_at(id)
    counts: tuple[tuple[Any, Words], ...] = (
        (len(await views.complaints.open_at(id)), _COMPLAINTS),
        (len(await views.followups.open_at(id)), _FOLLOW_UPS),
        (len(await views.reports.open_at(id)), _REPORTS),
        (len(await views.obligations.answers_owed(id)), _CLUES),
        (len(await views.complaints.open_at(id, "mediator")), _ENTRUSTED),
        (len(await views.relations.parts_of(id)), _PARTS),
        (len(await views.enquiries.open_at(id)), _ENQUIRIES),
        (len(await views.instruments.owed_by(id)), _PROPOSALS),
        (len(asked), _OFFERS),
        (people, _PEOPLE),
        ((await views.directory.under(id)).known, _UNDER),
    )
    return [
        {"count": count, "words": words.fill(unit=row["name"], into=into.name), "into": into.id}
        for count, words in counts
    ]


_GONE = Words("“{unit}”已经并入“{into}”", "{unit} was merged into {into} already")
_COMPLAINTS = Words("件未办结的投诉转入“{into}”待领", "open complaints go into the pool of {into}")
_FOLLOW_UPS = Words("件未办结的跟进转入“{into}”待领", "open follow-ups go into the pool of {into}")
_REPORTS = Words("件未办结的举报转入“{into}”待领", "open reports go into the pool of {into}")
_CLUES = Words(
    "条欠答复的移送线索转给“{into}”，由它答复",
    "clues whose answer is owed go to {into}, which owes it then",
)
_ENTRUSTED = Words("件受托调解由“{into}”接着办", "entrusted mediations are gone on with by {into}")
_PARTS = Words(
    "项在其他单位案件中的权限或者邀请转给“{into}”",
    "parts in cases of others, or offers of one, go to {into}",
)
_ENQUIRIES = Words("件待答复的咨询由“{into}”答复", "open enquiries are answered by {into}")
_PROPOSALS = Words("件消委会的建议由“{into}”答复", "proposals of councils are answered by {into}")
_OFFERS = Words("件等待“{unit}”答复的移交自动失效", "offers that await the answer of {unit} lapse")
_PEOPLE = Words(
    "人失去在“{unit}”的角色，不能再代表它登录；需要的话，请在“{into}”邀请他们",
    "people lose their role in {unit} and cannot act for it; invite them to {into} where needed",
)
_UNDER = Words("家下级单位改由“{into}”领导", "bodies under it stand under {into}")
ROUTES = [
    web.get("/admin/parties/{id}/merge", operators(form, "system")),
    web.post("/admin/parties/{id}/merge", operators(merge, "system")),
]
