"""Roles: given to a person in a party, and withdrawn."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from events.event import PartyRef
from events.words import Words, both
from portals.admin.doors import PEOPLE, Row, administrators, ref, sees_all, the_person
from portals.admin.parties import shown
from portals.asking import found, page_number, text
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown
from services.actions import people as p


async def _party(request: web.Request) -> PartyRef | None:
    """The party in the address for the operator; an administrator's own."""
    by = acting(request)
    if not sees_all(by):
        return by.party
    asked = text(request, "party")
    if not asked:
        return None
    return ref(found(await request.app[PLATFORM].views.directory.party(asked)))


async def grant_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """First in which party, then which role."""
    row, party = await the_person(request), await _party(request)
    if party is None:
        return await _choose(request, row)
    title = Words(
        f"授予 {row['name']} 在“{party.name}”的角色", f"Give {row['name']} a role in {party.name}"
    )
    context = form_page(p.GrantRole, state, title=title, options={"role": p.roles_for(party.kind)})
    return await page(request, "form.html", breadcrumbs=_crumbs(row), **context)


async def _choose(request: web.Request, row: Row) -> web.StreamResponse:
    """In which party?"""
    words = text(request, "q")
    rows = await request.app[PLATFORM].views.directory.parties(
        text=words, number=page_number(request)
    )
    chosen = [
        {**shown(r), "url": f"/admin/people/{row['id']}/grant?party={r['id']}"} for r in rows.rows
    ]
    return await page(
        request,
        "admin/choose_party.html",
        title=Words(
            f"在哪个单位授予 {row['name']} 角色？", f"In which party does {row['name']} get a role?"
        ),
        breadcrumbs=_crumbs(row),
        chosen=row,
        rows=replace(rows, rows=chosen),
        asked={"q": words},
    )


@reshown
async def grant(request: web.Request) -> web.StreamResponse:
    id, party = (await the_person(request))["id"], await _party(request)
    return await act(
        request, p.grant_role, p.GrantRole, f"/admin/people/{id}", again=grant_form,
        person=id, party=party,
    )  # fmt: skip


async def withdraw_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row, party = await the_person(request), await _held(request)
    title = Words(
        f"撤销 {row['name']} 在“{party.name}”的角色",
        f"Withdraw {row['name']}'s role in {party.name}",
    )
    context = form_page(p.WithdrawRole, state, title=title)
    return await page(request, "form.html", breadcrumbs=_crumbs(row), **context)


@reshown
async def withdraw(request: web.Request) -> web.StreamResponse:
    id, party = (await the_person(request))["id"], await _held(request)
    return await act(
        request, p.withdraw_role, p.WithdrawRole, f"/admin/people/{id}", again=withdraw_form,
        person=id, party=party,
    )  # fmt: skip


async def _held(request: web.Request) -> PartyRef:
    """The party in the address."""
    directory = request.app[PLATFORM].views.directory
    return ref(found(await directory.party(text(request, "party"))))


def _crumbs(row: Row) -> list[tuple[str, Words]]:
    return [*PEOPLE, (f"/admin/people/{row['id']}", both(row["name"]))]


ROUTES = [
    web.get("/admin/people/{id}/grant", administrators(grant_form)),
    web.post("/admin/people/{id}/grant", administrators(grant)),
    web.get("/admin/people/{id}/withdraw", administrators(withdraw_form)),
    web.post("/admin/people/{id}/withdraw", administrators(withdraw)),
]
