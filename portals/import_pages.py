"""Imports of a council or regulator: its batches, one with what it brought, its reversal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.terms import CATEGORIES
from events.words import Words, both
from portals.asking import found, page_number, record_id
from portals.complaint_office import CHANNELS, COLOURS, Office, office
from portals.enquiry_pages import EnquiryDesk
from portals.owed import history
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown
from services import access
from services.actions.complaints import STATES as COMPLAINT_STATES
from services.actions.enquiries import STATES as ENQUIRY_STATES
from services.actions.imports import STATES, ReverseImport
from services.actions.refused import AlreadyDecided, NotFound
from services.reversal import SUBJECTS, Reversal
from services.views.view import Page

Row = dict[str, Any]
TITLE = Words("导入", "Imports")
_COLOURS = {"begun": "waiting", "finished": "done"}


def _list(request: web.Request) -> str:
    return f"/{office(request).kind}/imports"


def _crumbs(request: web.Request) -> list[tuple[str, Words]]:
    return [(f"/{office(request).kind}", Words("工作台", "Desk")), (_list(request), TITLE)]


async def batches(request: web.Request) -> web.StreamResponse:
    """What this body read in from files, newest first."""
    rows = await request.app[PLATFORM].views.imports.of_party(
        acting(request).party.id, page_number(request)
    )
    shown = [_shown(request, row) for row in rows.rows]
    return await page(request, "import/list.html", title=TITLE, rows=replace(rows, rows=shown))


async def the_batch(request: web.Request) -> Row:
    """The batch the address names, if this body brought it; else 404."""
    row = found(await request.app[PLATFORM].views.imports.one(record_id(request)))
    if row["party"] != acting(request).party.id:
        raise NotFound(Words("没有找到这条记录", "There is no such record"))
    return row


async def batch(request: web.Request) -> web.StreamResponse:
    """One batch: its counts, what it brought, and whether it can be taken back."""
    row, views, by = await the_batch(request), request.app[PLATFORM].views, acting(request)
    brought = _enquiries if row["subject"] == "letters" else _complaints
    return await page(
        request,
        "import/batch.html",
        title=Words(f"导入批次 {row['number']}", f"Import {row['number']}"),
        breadcrumbs=_crumbs(request),
        row=_shown(request, row),
        may_reverse=access.may(by, "ReverseImport", "importer", row["state"]),
        rows=await brought(request, str(row["id"])),
        entries=history(await views.trail.of_record(str(row["id"]))),
        show=request.query.get("show", "all"),
    )


def _shown(request: web.Request, row: Row) -> Row:
    return {
        **row,
        "url": f"{_list(request)}/{row['id']}",
        "state_code": row["state"],
        "state": STATES[row["state"]],
        "state_colour": _COLOURS.get(row["state"], "none"),
        "what": SUBJECTS[row["subject"]].word,
    }


async def _complaints(request: web.Request, id: str) -> Page:
    register, me = request.app[PLATFORM].views.complaints, acting(request).party.id
    rows = await register.brought_by(id, page_number(request), me=me)
    return replace(rows, rows=[_complaint(office(request), row, me) for row in rows.rows])


def _complaint(here: Office, row: Row, me: str) -> Row:
    """A complaint that was brought; one that went to another body is named, not opened."""
    return {
        "number": row["number"],
        "url": here.address(row["id"]) if row["handler"] == me else "",
        "about": row["respondent"] or Words("未提供", "not given"),
        "kind": CATEGORIES[row["category"]],
        "state_colour": "none" if row["state"] == "reversed" else COLOURS.get(row["state"], "done"),
        "state": COMPLAINT_STATES[row["state"]],
        "on": row["received_on"],
    }


async def _enquiries(request: web.Request, id: str) -> Page:
    rows = await request.app[PLATFORM].views.enquiries.brought_by(id, page_number(request))
    here, me = EnquiryDesk(office(request).kind), acting(request).party.id
    return replace(rows, rows=[_enquiry(here, row, id, me) for row in rows.rows])


def _enquiry(here: EnquiryDesk, row: Row, batch: str, me: str) -> Row:
    """A letter that was brought, or went on with by its reply."""
    colour = "yours" if row["state"] == "asked" else "none"
    return {
        "number": row["number"],
        "url": here.address(row["id"]) if row["handler"] == me else "",
        "about": Words(f"来源编号 {row['reference']}", f"number at its source {row['reference']}"),
        "kind": CHANNELS["import"] if row["batch"] == batch else _ADDED,
        "state_colour": colour if row["state"] != "answered" else "done",
        "state": ENQUIRY_STATES[row["state"]],
        "on": row["asked_on"],
    }


_ADDED = Words("补充了答复", "the answer was added")


async def reverse_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form that takes a batch back; says first what will count no longer."""
    row = await the_batch(request)
    if state is None and not access.may(acting(request), "ReverseImport", "importer", row["state"]):
        raise AlreadyDecided(_NOT_NOW.fill(number=row["number"], state=STATES[row["state"]]))
    subject = SUBJECTS[row["subject"]]
    brought = await subject.register(request.app[PLATFORM].views).size_of(str(row["id"]))
    told = {"number": row["number"], "file": row["file"], "n": brought, "what": subject.word}
    intro = _WHAT_IT_MEANS.fill(**told)
    form = form_page(ReverseImport, state, seen=row["version"], intro=intro)
    here = (f"{_list(request)}/{row['id']}", both(row["number"]))
    return await page(request, "form.html", breadcrumbs=[*_crumbs(request), here], **form)


@reshown
async def reverse(request: web.Request) -> web.StreamResponse:
    """Take it back as a whole, or say which record stands in the way."""
    row = await the_batch(request)
    undo = Reversal(request.app[PLATFORM]).reverse
    then = f"{_list(request)}/{row['id']}"
    return await act(request, undo, ReverseImport, then, again=reverse_form, batch=row["id"])


_NOT_NOW = Words(
    "导入批次 {number} 现在是“{state}”，不能撤销。请回到这个批次查看经过。",
    "Import {number} is now {state}; it cannot be reversed. Its page shows what happened.",
)
_WHAT_IT_MEANS = Words(
    "批次 {number} 从文件“{file}”带来 {n} 件{what}。撤销后它们都不再计入登记簿和统计，"
    "但记录和经过都保留；同一文件可以重新导入。有一件不能撤销，就整批都不撤销。",
    "Import {number} from {file} brought {n} records ({what}). Once reversed they count no longer, "
    "but the records and their history stay, and the file can be imported again. "
    "If one of them cannot be reversed, none is.",
)


def import_routes(here: Office) -> list[web.RouteDef]:
    """The pages of one kind of body."""
    listed = f"/{here.kind}/imports"
    return [
        web.get(listed, here.page(batches)),
        web.get(listed + "/{id}", here.page(batch)),
        web.get(listed + "/{id}/reverse", here.page(reverse_form)),
        web.post(listed + "/{id}/reverse", here.page(reverse)),
    ]
