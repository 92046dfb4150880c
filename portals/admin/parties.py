"""Parties: the list by kind, the page of one, and its new name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from aiohttp import web

from events.event import Acting
from events.terms import LEVELS, PARTY_KINDS, ROLES
from events.words import Words
from portals.admin.doors import PARTIES, Row, administrators, operators, sees_all, the_party
from portals.asking import page_number, record_id, text
from portals.owed import history
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown
from services import access
from services.actions.allow_lists import LimitInvitations
from services.actions.contacts import REACHED, StateContact, contact_of
from services.actions.invitations import STATES
from services.actions.merging import MERGED_KINDS, MergeUnit
from services.actions.parties import RenameParty, rename_party
from services.actions.people import ROLES_OF
from services.coming_in import TWICE
from services.views.view import Page


async def listed(request: web.Request) -> web.StreamResponse:
    """All parties by kind and words."""
    kind, words = text(request, "kind"), text(request, "q")
    directory = request.app[PLATFORM].views.directory
    rows = await directory.parties(kind, words, page_number(request))
    return await page(
        request,
        "admin/parties.html",
        title=Words("单位", "Parties"),
        rows=replace(rows, rows=[shown(row) for row in rows.rows]),
        kinds=[(code, PARTY_KINDS[code]) for code in ROLES_OF],
        asked={"kind": kind, "q": words},
    )


def shown(row: Row) -> Row:
    """A party as a list shows it."""
    return {
        **row,
        "url": f"/admin/parties/{row['id']}",
        "kind_name": PARTY_KINDS[row["kind"]],
        "level": LEVELS[row["level"]] if row["level"] else "—",
        "place": row["division_name"] or "—",
    }


async def one(request: web.Request) -> web.StreamResponse:
    """The page of one party: facts, people, who belongs to it, history."""
    row, by = await the_party(request), acting(request)
    views, number = request.app[PLATFORM].views, page_number(request)
    part = _part(request, row, by)
    return await page(
        request,
        "admin/party.html",
        title=row["name"],
        breadcrumbs=PARTIES,
        row=shown(row),
        part=part,
        parts=_parts(row, by),
        rows=await _rows(views, row, part, number),
        contact=await contact_of(request.app[PLATFORM].log, UUID(str(row["id"]))),
        memberships=await views.directory.memberships_of(row["id"]),
        acts=[
            {"url": f"/admin/parties/{row['id']}/{slug}", "words": w} for slug, w in _acts(row, by)
        ],
        show=request.query.get("show", "all"),
    )


_PEOPLE = ("people", Words("人员", "People"))
_INVITED = ("invited", Words("邀请", "Invitations"))
_MEMBERS = ("members", Words("会员", "Members"))
_UNDER = ("under", Words("下级单位", "Bodies under it"))
_HISTORY = ("history", Words("经过", "History"))


def _parts(row: Row, by: Acting) -> list[tuple[str, Words]]:
    """The lists of this party that the viewer may see."""
    mine = [_PEOPLE, _INVITED] if sees_all(by) or row["id"] == by.party.id else []
    by_kind = {"association": [_MEMBERS], "regulator": [_UNDER], "council": [_UNDER]}
    return [*mine, *by_kind.get(row["kind"], []), _HISTORY]


def _part(request: web.Request, row: Row, by: Acting) -> str:
    codes = [code for code, _ in _parts(row, by)]
    asked = text(request, "part")
    return asked if asked in codes else codes[0]


async def _rows(views: Any, row: Row, part: str, number: int) -> Page:
    directory = views.directory
    match part:
        case "people":
            found = await directory.people(row["id"], number)
            return replace(found, rows=[_worker(each, row["id"]) for each in found.rows])
        case "invited":
            found = await directory.invitations(row["id"], number)
            return replace(found, rows=[_guest(each) for each in found.rows])
        case "members":
            return _linked(await directory.members(row["id"], number), "enterprise")
        case "under":
            return _linked(await directory.under(row["id"], number), "id")
    return _history(await views.trail.of_record(row["id"]), number)


def _history(rows: list[Row], number: int) -> Page:
    """An association's record grows with its members: the latest first, page by page."""
    whole = Page([], len(rows), number)
    start = (number - 1) * whole.size
    return replace(whole, rows=history(rows[::-1][start : start + whole.size]))


def _worker(each: Row, party: str) -> Row:
    held = [ROLES[r["role"]] for r in each["held"] if r["party"] == party]
    return {**each, "url": f"/admin/people/{each['id']}", "role": held[0] if held else "—"}


def _guest(each: Row) -> Row:
    url, role = f"/admin/invitations/{each['id']}", ROLES[each["role"]]
    return {**each, "url": url, "role": role, "state": STATES[each["state"]]}


def _linked(found: Page, key: str) -> Page:
    return replace(found, rows=[{**r, "url": f"/admin/parties/{r[key]}"} for r in found.rows])


def _acts(row: Row, by: Acting) -> list[tuple[str, Words]]:
    """What the viewer can do with this party, the main one first."""
    found = []
    mine = sees_all(by) or row["id"] == by.party.id
    if mine and row["kind"] in ROLES_OF and access.may(by, "EnrolPerson", "new"):
        found.append(("invite", Words("邀请人员", "Invite somebody")))
        found.append(("enrol", Words("登记人员", "Enter a person")))
    if mine and row["kind"] in ROLES_OF and access.may(by, "LimitInvitations"):
        found.append(("limits", LimitInvitations.SAYS))
    if mine and row["kind"] in TWICE and access.may(by, "UseProvider"):
        found.append(("provider", Words("单位统一登录", "Single sign-on")))
    if row["merged_into"]:
        return []
    whose = "own" if row["id"] == by.party.id else "none"
    if row["kind"] in REACHED and access.may(by, "StateContact", whose, "established"):
        found.append(("contact", StateContact.SAYS))
    if access.may(by, "RenameParty", "none", "established"):
        found.append(("rename", RenameParty.SAYS))
    if row["kind"] in MERGED_KINDS and access.may(by, "MergeUnit", "none", "established"):
        found.append(("merge", MergeUnit.SAYS))
    return found


async def rename_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await the_party(request)
    title = Words(f"更名：{row['name']}", f"Rename {row['name']}")
    intro = Words(
        "今后显示新名称；已经记录的事仍用当时的名称。",
        "The new name is shown from now on; what was recorded keeps the old one.",
    )
    crumbs = [*PARTIES, (f"/admin/parties/{row['id']}", Words(row["name"], row["name"]))]
    context = form_page(RenameParty, state, title=title, intro=intro, dated=True)
    return await page(request, "form.html", breadcrumbs=crumbs, **context)


@reshown
async def rename(request: web.Request) -> web.StreamResponse:
    id = record_id(request)
    return await act(
        request, rename_party, RenameParty, f"/admin/parties/{id}", again=rename_form, party=id
    )


ROUTES = [
    web.get("/admin/parties", administrators(listed)),
    web.get("/admin/parties/{id}", administrators(one)),
    web.get("/admin/parties/{id}/rename", operators(rename_form, "system")),
    web.post("/admin/parties/{id}/rename", operators(rename, "system")),
]
