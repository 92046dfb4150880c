"""Enquiries (咨询): the list of what a regulator was asked, one of them, and its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
from aiohttp import web

from events.enquiries import EnquiryReceived
from events.words import Words, both
from portals.asking import found, page_number, record_id, text
from portals.forms import FormState
from portals.owed import history
from portals.remembered import remembered
from portals.web import PLATFORM, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import enquiries as q

Row = dict[str, Any]
LIST = "/regulator/enquiries"
CRUMBS = [("/regulator", Words("工作台", "Desk")), (LIST, Words("咨询", "Enquiries"))]
_TOLD = ("question", "name", "phone")


@remembered
async def register(request: web.Request) -> web.StreamResponse:
    state = text(request, "state")
    rows = await request.app[PLATFORM].views.enquiries.handled_by(
        acting(request).party.id, state=state, number=page_number(request)
    )
    return await page(
        request, "regulator/enquiries.html", title=Words("咨询", "Enquiries"), asked=state,
        rows=replace(rows, rows=[_shown(row) for row in rows.rows]), states=list(q.STATES),
        active=[{"key": "state", "label": q.STATES[state]}] if state else [],
    )  # fmt: skip


def _shown(row: Row) -> Row:
    colour = "yours" if row["state"] == "asked" else "done"
    said = {"state": q.STATES[row["state"]], "state_colour": colour}
    return {**row, **said, "url": f"{LIST}/{row['id']}"}


async def the_enquiry(request: web.Request) -> Row:
    """The enquiry the address names, if this office answers it; else 404."""
    enquiries = request.app[PLATFORM].views.enquiries
    return found(await enquiries.one(record_id(request), acting(request).party.id))


async def record(request: web.Request) -> web.StreamResponse:
    """What is asked, by whom, and the answer."""
    row, platform, by = await the_enquiry(request), request.app[PLATFORM], acting(request)
    platform.reads.note(by, "complaint", row["id"], row["number"], "handling")
    (first, *_) = await platform.log.load(row["id"], opened=True)
    assert isinstance(first.event, EnquiryReceived)
    told = first.event.told
    may = access.may(by, "AnswerEnquiry", "handler", row["state"])
    return await page(
        request, "regulator/enquiry.html", breadcrumbs=CRUMBS, row=_shown(row),
        title=Words(f"咨询 {row['number']}", f"Enquiry {row['number']}"),
        told={name: told.shown(name) for name in _TOLD},
        acts=[{"url": f"{LIST}/{row['id']}/answer", "words": q.AnswerEnquiry.SAYS}] if may else [],
        entries=history(await platform.views.trail.of_record(str(row["id"]))),
        show=request.query.get("show", "all"),
    )  # fmt: skip


async def new_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Record what somebody asks."""
    return await page(
        request, "form.html", breadcrumbs=CRUMBS, **form_page(q.RecordEnquiry, state, dated=True)
    )


@reshown
async def new(request: web.Request) -> web.StreamResponse:
    by = msgspec.structs.replace(acting(request), channel="counter")
    return await act(
        request, q.record_enquiry, q.RecordEnquiry,
        lambda _, command: f"{LIST}/{command.enquiry}", again=new_form, by=by, handler=by.party,
    )  # fmt: skip


async def answer_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await the_enquiry(request)
    access.check_kind(acting(request), q.AnswerEnquiry, "handler")
    made = form_page(q.AnswerEnquiry, state, seen=row["version"], dated=True)
    here = (f"{LIST}/{row['id']}", both(row["number"]))
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **made)


@reshown
async def answer(request: web.Request) -> web.StreamResponse:
    row = await the_enquiry(request)
    return await act(
        request, q.answer_enquiry, q.AnswerEnquiry, f"{LIST}/{row['id']}", again=answer_form,
        enquiry=row["id"],
    )  # fmt: skip


ROUTES = [
    web.get(LIST, staff(register, "regulator")),
    web.get("/regulator/new-enquiry", staff(new_form, "regulator")),
    web.post("/regulator/new-enquiry", staff(new, "regulator")),
    web.get(f"{LIST}/{{id}}", staff(record, "regulator")),
    web.get(f"{LIST}/{{id}}/answer", staff(answer_form, "regulator")),
    web.post(f"{LIST}/{{id}}/answer", staff(answer, "regulator")),
]
