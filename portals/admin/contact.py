"""The contact of a body: entered by its own administrator or the operator's."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from events.words import Words, both
from portals.admin.doors import PARTIES, Row, administrators, the_party
from portals.asking import record_id
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown
from services import access
from services.actions.contacts import StateContact, contact_of, state_contact


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """What stands there now is filled in."""
    row, by = await the_party(request), acting(request)
    access.check_kind(by, StateContact, "own" if row["id"] == by.party.id else "none")
    known = await contact_of(request.app[PLATFORM].log, UUID(str(row["id"])))
    now: Row = {"phone": known.phone, "address": known.address} if known else {}
    title = Words(f"登记联系方式：{row['name']}", f"How {row['name']} is reached")
    crumbs = [*PARTIES, (f"/admin/parties/{row['id']}", both(row["name"]))]
    made = form_page(StateContact, state, title=title, **now)
    return await page(request, "form.html", breadcrumbs=crumbs, **made)


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    id = record_id(request)
    there = f"/admin/parties/{id}"
    return await act(request, state_contact, StateContact, there, again=form, party=id)


ROUTES = [
    web.get("/admin/parties/{id}/contact", administrators(form)),
    web.post("/admin/parties/{id}/contact", administrators(do)),
]
