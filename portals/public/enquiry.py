"""Her enquiry: what she asked, what was answered, and asking on; opened by number and telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from aiohttp import web

from events.terms import READ_REASONS, READS
from events.words import Words
from portals.asking import page_number, record_id
from portals.enquiry_pages import said_in
from portals.forms import FormState
from portals.proof import ENQUIRY, forget, prove, proven
from portals.public.mine import my_complaint
from portals.web import PLATFORM, act, form_page, forward, page, reshown
from services import access
from services.actions import enquiries as q
from services.actions.erasure import STANDING
from services.actions.refused import NotFound

Row = dict[str, Any]
HERE = "/track/enquiry"


async def my_enquiry(request: web.Request) -> Row:
    """The enquiry this browser has proved to know; else back to the questions."""
    id = proven(request, ENQUIRY)
    row = await request.app[PLATFORM].views.enquiries.asked(id) if id else None
    if row is None:
        raise web.HTTPSeeOther("/track")
    return row


def _title(row: Row) -> Words:
    return Words(f"咨询 {row['number']}", f"Enquiry {row['number']}")


async def show(request: web.Request) -> web.StreamResponse:
    """What was asked and answered, in turn."""
    row = await my_enquiry(request)
    platform = request.app[PLATFORM]
    said = said_in(await platform.log.load(row["id"], opened=True))
    return await page(
        request, "public/enquiry.html", title=_title(row), row=row, said=said,
        state=q.STATES[row["state"]], ask_on=f"{HERE}/ask", standing=STANDING[row["personal"]],
        reads=await platform.views.reads.of_record(str(row["id"]), page_number(request)),
        what=READS, why=READ_REASONS,
        erasure=f"{HERE}/erasure" if "RequestAskerErasure" in q.possible(row["personal"]) else "",
    )  # fmt: skip


async def ask_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Ask on, once it was answered."""
    row = await my_enquiry(request)
    access.check_kind(q.asker(row["id"]), q.AskOn, "asker")
    made = form_page(q.AskOn, state, seen=row["version"])
    return await page(request, "form.html", breadcrumbs=[(HERE, _title(row))], **made)


@reshown
async def ask_on(request: web.Request) -> web.StreamResponse:
    id = UUID(str((await my_enquiry(request))["id"]))
    return await act(request, q.ask_on, q.AskOn, HERE, again=ask_form, by=q.asker(id), enquiry=id)


async def erasure_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Ask for the deletion of what is kept of her."""
    row = await my_enquiry(request)
    access.check_kind(q.asker(row["id"]), q.RequestAskerErasure, "asker")
    made = form_page(q.RequestAskerErasure, state, seen=row["version"], intro=_FORGET)
    return await page(request, "form.html", breadcrumbs=[(HERE, _title(row))], **made)


@reshown
async def ask_erasure(request: web.Request) -> web.StreamResponse:
    id = UUID(str((await my_enquiry(request))["id"]))
    return await act(
        request, q.asker_erasure_step, q.RequestAskerErasure, HERE, again=erasure_form,
        by=q.asker(id), enquiry=id,
    )  # fmt: skip


_FORGET = Words(
    "答复单位核对后由另一人批准。删除后谁也不能恢复，您也不能再查看问题和答复；编号和办理经过仍然保留。",
    "The body that answers checks it, and a second person approves. Nobody can bring it back, and "
    "you can read question and answer no more; number and history stay.",
)


async def from_complaint(request: web.Request) -> web.StreamResponse:
    """Who proved to know the complaint also knows the enquiries that were split from it."""
    complaint, wanted = await my_complaint(request), record_id(request, "enquiry")
    views = request.app[PLATFORM].views
    split = await views.submissions.enquiries_of(str(complaint["id"]))
    if wanted not in {each["record"] for each in split}:
        raise NotFound(Words("没有找到这条记录", "There is no such record"))
    response = forward(HERE)
    prove(request, response, wanted, ENQUIRY)
    return response


async def end(request: web.Request) -> web.StreamResponse:
    """Stop looking, so that nobody else at this computer can."""
    response = forward("/track")
    forget(request, response, ENQUIRY)
    return response


ROUTES = [
    web.get(HERE, show),
    web.get(f"{HERE}/ask", ask_form),
    web.post(f"{HERE}/ask", ask_on),
    web.get(f"{HERE}/erasure", erasure_form),
    web.post(f"{HERE}/erasure", ask_erasure),
    web.post(f"{HERE}/end", end),
    web.get("/track/complaint/enquiries/{enquiry}", from_complaint),
]
